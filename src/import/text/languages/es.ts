// The words by which Spanish-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

/** Spanish. */
export const SPANISH: LanguageWords = {
  language: "es",
  commonest: `
    de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí
    porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante fue
    ha han dijo según`,
  weekdays: `lunes martes miércoles jueves viernes sábado domingo`,
  shortWeekdays: `mié jue vie sáb dom`,
  months: `
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago
    dic`,
  published: "publicad[oa]|creado|fecha(?: de publicación)?|publicación",
  updated: "(?:última )?(?:actualización|modificación)|(?:actualizad|modificad|editad|revisad)[oa]",
  whole: {
    navigation: `
      ir al contenido | ir al contenido principal | saltar al contenido | saltar al contenido principal |
      pasar al contenido | menú | menú principal | abrir menú | cerrar menú | buscar | búsqueda | buscador |
      volver arriba | ir arriba | volver al inicio | página de inicio | mapa del sitio | mapa web | contacto |
      contáctenos | contáctanos | quiénes somos | todas las secciones | secciones | ver más | ver todo |
      ver todos | mostrar más | cargar más | cerrar | noticia anterior | noticia siguiente | siguiente |
      anterior | edición impresa | hemeroteca | mi cuenta | temas | etiquetas | archivado en |
      sobre la firma | sobre el autor | sobre la autora | acerca del autor`,
    prompt: `
      suscríbete | suscríbase | suscribirse | suscribirme | suscripción | suscripciones | suscríbete ahora |
      suscríbete gratis | hazte suscriptor | hazte socio | hazte socia | iniciar sesión | inicia sesión |
      inicie sesión | iniciar | ingresar | ingresa | acceder | acceso | entrar | regístrate | registrarse |
      registro | regístrese | regístrate gratis | crear cuenta | crea tu cuenta | crear una cuenta |
      ya soy suscriptor | ya eres suscriptor | ya tengo cuenta | ya tengo una suscripción | ya es suscriptor |
      ya estoy suscrito | solo para suscriptores | exclusivo para suscriptores | exclusivo suscriptores |
      cerrar sesión | seguir leyendo | sigue leyendo | continuar leyendo | guardar | guardar artículo |
      guardar noticia | regala este artículo | regalar artículo | apóyanos | dona | donar | descarga la app |
      descargar app`,
    newsletter: `
      suscríbete a la newsletter | suscríbete al boletín | suscríbete a nuestro boletín |
      suscríbete a nuestra newsletter | suscríbase al boletín | apúntate | apúntate aquí |
      apúntate a la newsletter | correo electrónico | tu correo electrónico | su correo electrónico |
      tu email | tu e-mail | introduce tu email | recibir newsletter | recibir el boletín |
      nuestras newsletters | nuestros boletines | boletines | darse de baja`,
    share: `
      compartir | comparte | compártelo | compartir artículo | compartir noticia | comparte esta noticia |
      compartir esta noticia | comparte este artículo | compartir este artículo | compartir en facebook |
      compartir en twitter | compartir en x | compartir en whatsapp | compartir en linkedin |
      compartir por correo | enviar por correo | enviar por email | copiar enlace | copiar link |
      enlace copiado | copiar vínculo | imprimir | imprimir artículo | síguenos | síganos | síguenos en |
      seguir | desplegar redes sociales | enviar | tuitear | más opciones`,
    list: `
      relacionado | relacionados | relacionadas | noticias relacionadas | artículos relacionados |
      notas relacionadas | contenido relacionado | temas relacionados | más información | lee también |
      lea también | leer también | te puede interesar | te podría interesar | te puede interesar también |
      también te puede interesar | también te podría interesar | le puede interesar | puede interesarte |
      te recomendamos | recomendados | recomendado | recomendamos | recomendaciones | no te pierdas |
      lo más leído | lo más visto | lo más compartido | lo más comentado | más leídas | más leídos |
      las más leídas | los más leídos | más vistas | más noticias | más sobre este tema | más sobre esto |
      más en | más de | otras noticias | últimas noticias | lo último | lo más reciente | ultimas noticias |
      destacados | destacadas | tendencias | en portada | mira también | ver también | véase también |
      ve también | contenido patrocinado | contenido promocionado | del archivo`,
    advertisement: `
      publicidad | anuncio | anuncios | pauta | patrocinado | continúa después de la publicidad |
      la noticia continúa después de la publicidad | sigue leyendo después de la publicidad |
      sigue después de la publicidad | saltar publicidad | la nota continúa abajo`,
    licence: `
      derechos de reproducción | licencias | comprar licencia | republicar | republica este artículo |
      si está interesado en licenciar este contenido pinche aquí`,
    legal: `
      aviso legal | avisos legales | política de privacidad | privacidad | términos y condiciones |
      términos de uso | términos y condiciones de uso | condiciones de uso | condiciones generales |
      protección de datos | todos los derechos reservados | accesibilidad | código ético | reportar un error |
      reportar error | informar de un error | fe de errores | quejas y sugerencias | defensor del lector`,
    cookies: `
      política de cookies | configurar cookies | configuración de cookies | gestionar cookies | cookies |
      aceptar | aceptar cookies | aceptar todas | aceptar todo | aceptar y continuar | aceptar y cerrar |
      rechazar | rechazar todas | rechazar todo | configurar | configuración de privacidad`,
    comments: `
      comentarios | comentario | # comentarios | # comentario | comentar | comenta | deja un comentario |
      deja tu comentario | dejar un comentario | escribe un comentario | escribe tu comentario |
      añadir comentario | agregar comentario | ver comentarios | ver # comentarios |
      ver todos los comentarios | mostrar comentarios | publicar comentario | sin comentarios |
      únete a la conversación | participa | normas de participación | opina`,
    figures: `
      tiempo de lectura # min | tiempo de lectura # minutos | tiempo de lectura # minuto | # min de lectura |
      # minutos de lectura | # minuto de lectura | lectura de # min | lectura de # minutos | lectura # min |
      lectura # minutos | # min | # vistas | # visitas | # lecturas | # compartidos | # visualizaciones`,
    audio: `
      escuchar | escucha | escuchar artículo | escuchar este artículo | escucha este artículo |
      escuchar el artículo | escucha la noticia | escuchar noticia | escuchar nota | ver vídeo | ver video |
      reproducir | reproducir audio | reproducir video | pausa | tamaño de texto`,
    counter: `
      # de # | foto # de # | imagen # de # | ver fotos | ver galería | galería de fotos | galería | # fotos |
      # imágenes | ampliar imagen | ampliar foto | foto siguiente | foto anterior`,
  },
  starts: {
    prompt: `
      suscríbete para | suscríbete y | suscríbase para | este contenido es exclusivo |
      este artículo es exclusivo | contenido exclusivo para | inicia sesión para | inicie sesión para |
      regístrate para | regístrate y | regístrate gratis | ya eres suscriptor | te quedan # | hazte socio |
      hazte socia | apoya el periodismo | si quieres seguir | para seguir leyendo | crea tu cuenta |
      descarga nuestra`,
    newsletter: `
      suscríbete a | suscríbase a | suscríbete al | suscríbase al | apúntate a | recibe cada |
      recibe nuestra | al suscribirte | al suscribirse | al registrarte | al hacer clic |
      puedes darte de baja | puede darse de baja | tu correo | este sitio está protegido por recaptcha`,
    share: `
      compartir en | compartir por | compartir vía | comparte en | comparte este | comparte esta |
      síguenos en | síganos en | síguenos también | haz clic para compartir | únete a nuestro canal |
      únete a nuestro`,
    list: `
      lee también | lea también | leer también | lee más | lea más | lee aquí | le puede interesar |
      te puede interesar | te recomendamos | más información | mira también | mire también | ver también |
      ver más | vea también | no te pierdas | relacionado | relacionada | más noticias | vídeo | video |
      en fotos | lo más leído`,
    advertisement: `continúa después de | la noticia continúa`,
    licence: `
      prohibida la reproducción | prohibida su reproducción | prohibida toda reproducción |
      si está interesado en licenciar`,
    legal: `
      © # | copyright # | copyright © | © copyright | todos los derechos reservados | derechos reservados |
      domicilio social`,
    cookies: `
      utilizamos cookies | usamos cookies | este sitio utiliza cookies | este sitio usa cookies |
      esta web utiliza cookies | este sitio web utiliza cookies | nosotros y nuestros |
      si continúa navegando | si sigues navegando`,
    comments: `
      para comentar | inicia sesión para comentar | regístrate para comentar | debes iniciar sesión para |
      ver los # comentarios`,
    figures: `tiempo de lectura | tiempo estimado de lectura`,
    audio: `escucha este | escuchar este | tu navegador no`,
    counter: `foto # de # | imagen # de #`,
  },
  within: {
    licence: `
      prohibida su reproducción | prohibida la reproducción total o parcial | queda prohibida la reproducción`,
    legal: `todos los derechos reservados | nuestra política de privacidad | nuestros términos`,
    cookies: `
      utilizamos cookies | utiliza cookies propias | usamos cookies | este sitio utiliza cookies |
      nuestro uso de cookies`,
    newsletter: `darte de baja en cualquier momento | darse de baja en cualquier momento`,
  },
  weak: {
    navigation: `
      inicio | portada | noticias | actualidad | mundo | internacional | internacionales | españa | méxico |
      argentina | colombia | chile | perú | américa | latinoamérica | europa | estados unidos | nacional |
      nacionales | política | economía | negocios | empresas | mercados | dinero | finanzas | deportes |
      deporte | fútbol | cultura | sociedad | sucesos | policiales | ciencia | tecnología | salud |
      educación | medio ambiente | clima | opinión | editorial | editoriales | columnas | columna |
      columnistas | tribuna | análisis | entrevista | entrevistas | reportaje | reportajes | exclusiva |
      exclusivo | investigación | espectáculos | entretenimiento | gente | televisión | cine | estilo |
      estilo de vida | moda | viajes | gastronomía | motor | regiones | local | locales | ciudad | madrid |
      cataluña | justicia | seguridad | vídeos | videos | fotos | podcast | podcasts | el tiempo | horóscopo |
      pasatiempos | juegos | crucigramas | en vivo | en directo | directo | última hora | urgente |
      especiales | clasificados | empleo | inmobiliaria | esquelas | newsletter | newsletters | ediciones |
      edición | servicios | revista | más | premium`,
    share: `correo | correo electrónico | e-mail | enlace`,
    list: `nuevo | recientes | populares | etiquetas`,
    figures: `
      hace # minutos | hace # minuto | hace # min | hace # horas | hace # hora | hace # h | hace # días |
      hace # día | ayer | hoy`,
  },
  hints: {
    licence: `reproducción total o parcial`,
    legal: `política de privacidad | términos y condiciones`,
  },
  calls: `
    suscríbete | suscríbase | apúntate | recibe | reciba | regístrate | descubre | no te pierdas | sigue |
    únete | accede | disfruta | apoya | crea | cada | todos los | todas las | tu | lo mejor | las noticias |
    las mejores | entérate | mantente | descarga | consulta`,
  offers: `
    newsletter | newsletters | boletín | boletines | bandeja de entrada | correo | email | e-mail |
    suscripción | alertas | nuestra app | acceso ilimitado | gratis`,
  ours: `nuestro | nuestra | nuestros | nuestras | tu | tus | su | te | ti`,
};
