// The words by which Spanish-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

export const SPANISH: LanguageWords = {
  language: "es",
  commonest: `
    de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí
    porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante fue ha han
    dijo según`,
  dates: {
    weekdays: `lunes martes miércoles jueves viernes sábado domingo`,
    shortWeekdays: `mié jue vie sáb dom`,
    months: `
      enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago
      dic`,
    published: "publicad[oa]|creado|fecha(?: de publicación)?|publicación",
    updated: "(?:última )?(?:actualización|modificación)|(?:actualizad|modificad|editad|revisad)[oa]",
    units: "segundos?|minutos?|horas?|d[íi]as?|semanas?|mes(?:es)?|años?",
    one: "un[ao]?",
    before: "hace",
    today: "hoy|ayer",
    readingTime: "(?:tiempo de )?lectura",
    reading: "de lectura",
    joining: "el los las del al y hora horas hrs hs",
    telling: "este esta artículo nota fue ha sido",
    by: "por",
  },
  bylines: {
    marks: {
      author: "autor/autora/texto:",
      perhaps: "por | texto de",
      reporter: "reportaje/reporte/información de",
      "author photographer": "texto y fotos:",
      contributor: "con información de | con la colaboración de | información adicional de",
      with: "con",
      writer: "escrito por | redacción de",
      editor: "editado por | edición de | edición:",
      photographer: "fotos/fotografías de",
      illustrator: "ilustración/ilustraciones de | ilustrado por | ilustración/ilustraciones:",
      translator: "traducido por | traducción de | traducción:",
    },
    contributed: `
      (?:contribuyó|contribuyeron|colaboró|colaboraron) (?:a|en|con) est[ea] (?:
      reportaje|artículo|informe|nota|información)`,
    andWithin: "y",
    agencies: "EFE | Agencia EFE | Europa Press | Notimex | Télam",
    otherAgencies: "(?:otras )?agencias",
    jobs: `
      periodista corresponsal redactor redactora enviado enviada editora columnista reportero reportera
      colaborador colaboradora`,
    special: "para",
    organisations: "diario periódico noticias agencia redacción universidad",
    small: "el los y del",
    article: "el los las",
    before: `
      (?:ver\\s+)?(?:todas?\\s+las?\\s+)?entradas\\s+(?:de|por)|(?:publicado|escrito|postado)\\s+por|sobre|
      autor(?:a|es)?|por`,
    nobody: "administrador|autor",
    never: `
      noticias redacción agencia diario leer más suscríbete compartir publicidad ciudad gobierno con para una
      lunes martes miércoles jueves viernes sábado enero febrero abril mayo junio julio agosto septiembre octubre
      noviembre diciembre`,
    noPlace: `
      ÚLTIMA HORA ANÁLISIS OPINIÓN ENTREVISTA EXCLUSIVA VIVO DIRECTO CORRECCIÓN PUBLICIDAD AVANCE UN UE PSOE`,
  },
  bios: {
    label: "sobre (?:el autor|la autora)",
    author: "el autor|la autora",
    is: "es",
    journalist: "periodista|corresponsal|redactora?|reporter[oa]|columnista|editora?",
    based: "vive en",
    covers: "cubre|escribe (?:sobre|para)|informa sobre",
    studied: "estudió|se graduó",
    earlier: "anteriormente|antes de|ha trabajado",
    reach: "síguela|síguelo",
    prizes: "(?:won|winner of|recipient of|received) (?=.{0,80}premio)",
    they: "ella|él",
    do: "es|ha|vive|escribe|cubre",
    speech: "dijo|declaró|afirmó|señaló",
  },
  pictures: {
    counted: "imagen",
    button: "ver galería",
    archive: "(?:imagen|foto) de archivo",
    rights: "derechos reservados",
    speaks: "en esta (?:foto|imagen)",
    article: "un[ao]?|dos|tres",
    seen: "camina|caminan|sostiene|sostienen|posa|posan|sentad[oa]s?|de pie|muestra|lleva|vista",
    credit: "(?:Foto|Fotograf[ií]a|Imagen) ?:|Foto de(?= \\p{Lu})",
    source: "Fuente",
    told: "dijo|según",
    credited: "a al del el e y archivo",
    text: "por",
  },
  site: {
    whole: {
      navigation: `
        ir/saltar/pasar al contenido [principal] | menú | buscar | búsqueda | buscador | contacto |
        contáctenos | contáctanos | secciones | cerrar | siguiente | anterior | hemeroteca | temas |
        etiquetas | menú principal | abrir/cerrar menú | volver/ir arriba | volver al inicio |
        página de inicio | mapa del sitio | mapa web | quiénes somos | todas las secciones |
        ver/mostrar/cargar más | ver todo/todos | noticia anterior/siguiente | edición impresa | mi cuenta |
        archivado en | sobre la firma/autora | sobre el autor | acerca del autor`,
      prompt: `
        suscríbete | suscríbase | suscribirse | suscribirme | suscripción | suscripciones | iniciar |
        ingresar | ingresa | acceder | acceso | entrar | regístrate | registrarse | registro | regístrese |
        guardar | apóyanos | dona | donar | apúntate | boletines | suscríbete/regístrate ahora/gratis |
        hazte suscriptor/socio/socia | iniciar/inicia/inicie/cerrar sesión | crear [una] cuenta |
        crea tu cuenta | ya soy/eres/es suscriptor | ya tengo cuenta | ya tengo una suscripción |
        ya estoy suscrito | solo/exclusivo [para] suscriptores | seguir/sigue/continuar leyendo |
        guardar/regalar artículo/noticia | regala este artículo | descarga la app | descargar app |
        suscríbete/apúntate a la/nuestra newsletter | suscríbete/suscríbase al boletín |
        suscríbete a nuestro boletín | apúntate aquí | [tu/su] correo electrónico |
        [introduce] tu email/e-mail | recibir newsletter | recibir el boletín | nuestras newsletters |
        nuestros boletines | darse de baja`,
      share: `
        compartir | comparte | compártelo | imprimir | síguenos | síganos | seguir | enviar | tuitear |
        comentarios | comentario | comentar | comenta | participa | opina |
        compartir/imprimir/comparte [este] artículo | compartir/comparte [esta] noticia |
        compartir en facebook/twitter/x/whatsapp/linkedin | compartir/enviar por correo/email |
        copiar enlace/link/vínculo | enlace copiado | síguenos en | desplegar redes sociales | más opciones |
        #/ver/mostrar/sin [#] comentarios | #/añadir/agregar/publicar comentario |
        deja/dejar/escribe un/tu comentario | ver todos los comentarios | únete a la conversación |
        normas de participación`,
      list: `
        relacionado | relacionados | relacionadas | recomendados | recomendado | recomendamos |
        recomendaciones | destacados | destacadas | tendencias | noticias/notas relacionadas |
        artículos/temas relacionados | contenido relacionado/patrocinado/promocionado |
        [las] más información/leídas/leídos/vistas/noticias/en/de | lee/lea/leer/mira/ver/véase/ve también |
        [también] te/le puede/podría interesar | te puede interesar también | puede interesarte |
        te recomendamos | no te pierdas | lo más leído/visto/compartido/comentado/reciente | los más leídos |
        más sobre este tema | más sobre esto | otras/últimas/ultimas noticias | lo último | en portada |
        del archivo`,
      advertisement: `
        publicidad | anuncio | anuncios | pauta | patrocinado |
        continúa/sigue [leyendo] después de la publicidad | la noticia continúa después de la publicidad |
        saltar publicidad | la nota continúa abajo`,
      legal: `
        derechos de reproducción | licencias | republicar | privacidad | accesibilidad | aceptar | rechazar |
        configurar | comprar licencia | republica este artículo |
        si está interesado en licenciar este contenido pinche aquí | aviso legal | avisos legales |
        política/configuración de privacidad/cookies | términos y condiciones | términos/condiciones de uso |
        términos y condiciones de uso | condiciones generales | protección de datos |
        todos los derechos reservados | código ético | reportar [un] error | informar de un error |
        fe de errores | quejas y sugerencias | defensor del lector |
        configurar/gestionar/aceptar/rechazar cookies/todas/todo | aceptar y continuar/cerrar`,
      figures: `
        tiempo de lectura # min/minutos/minuto | # min/minutos/minuto de lectura |
        lectura [de] # min/minutos | # vistas/visitas/lecturas/compartidos/visualizaciones | escuchar |
        escucha | reproducir | pausa | escuchar artículo/noticia/nota | escuchar/escucha este/el artículo |
        escucha la noticia | ver/reproducir vídeo/video/audio | tamaño de texto`,
      counter: `
        [foto/imagen] # de # | ver fotos/galería | galería de fotos | galería | # imágenes |
        ampliar imagen/foto | foto siguiente/anterior`,
    },
    starts: {
      prompt: `
        suscríbete para/y/a/al | suscríbase para/a/al | este contenido/artículo es exclusivo |
        contenido exclusivo para | inicia/inicie sesión para | regístrate para/y/gratis |
        ya eres suscriptor | te quedan # | hazte socio/socia | apoya el periodismo | si quieres seguir |
        para seguir leyendo | crea tu cuenta | descarga/recibe nuestra | apúntate a | recibe cada |
        al suscribirte/suscribirse/registrarte | al hacer clic | puedes darte de baja | puede darse de baja |
        tu correo | este sitio está protegido por recaptcha`,
      share: `
        compartir/comparte/síguenos/síganos en | compartir por/vía | comparte este/esta | síguenos también |
        haz clic para compartir | únete a nuestro [canal] | [regístrate] para comentar |
        inicia sesión para comentar | debes iniciar sesión para | ver los # comentarios`,
      list: `
        lee/lea/leer/mira/mire/ver/vea también | lee/lea/ver más | lee aquí | le/te puede interesar |
        te recomendamos | más información/noticias | no te pierdas | relacionado | relacionada | vídeo |
        en fotos | lo más leído`,
      advertisement: `continúa después de | la noticia continúa`,
      legal: `
        prohibida la/su/toda reproducción | si está interesado en licenciar | todos los derechos reservados |
        derechos reservados | domicilio social | utilizamos/usamos cookies | este sitio utiliza/usa cookies |
        esta web utiliza cookies | este sitio web utiliza cookies | nosotros y nuestros |
        si continúa/sigues navegando`,
      figures: `tiempo [estimado] de lectura | escucha/escuchar este | tu navegador no`,
      counter: `foto/imagen # de #`,
    },
    within: {
      prompt: `darte/darse de baja en cualquier momento`,
      legal: `
        prohibida su reproducción | prohibida la reproducción total o parcial |
        queda prohibida la reproducción | todos los derechos reservados | nuestra política de privacidad |
        nuestros términos | utilizamos/usamos cookies | utiliza cookies propias |
        este sitio utiliza cookies | nuestro uso de cookies`,
    },
    weak: {
      navigation: `
        inicio | portada | noticias | actualidad | mundo | internacional | internacionales | españa |
        méxico | argentina | colombia | chile | perú | américa | latinoamérica | nacional | nacionales |
        política | economía | negocios | empresas | mercados | dinero | finanzas | deportes | deporte |
        fútbol | cultura | sociedad | sucesos | policiales | ciencia | tecnología | salud | educación |
        clima | opinión | editoriales | columnas | columna | columnistas | tribuna | análisis | entrevista |
        entrevistas | reportaje | reportajes | exclusiva | exclusivo | investigación | espectáculos |
        entretenimiento | gente | televisión | cine | estilo | moda | viajes | gastronomía | motor |
        regiones | locales | ciudad | madrid | cataluña | justicia | seguridad | vídeos | horóscopo |
        pasatiempos | juegos | crucigramas | directo | urgente | especiales | clasificados | empleo |
        inmobiliaria | esquelas | ediciones | edición | servicios | revista | más | estados unidos |
        medio ambiente | estilo de vida | el tiempo | en vivo/directo | última hora`,
      share: `correo | enlace | correo electrónico`,
      list: `nuevo | recientes | populares | etiquetas`,
      figures: `hace # minutos/minuto/min/horas/hora/h/días/día | ayer | hoy`,
    },
    hints: {
      legal: `reproducción total o parcial | política de privacidad | términos y condiciones`,
    },
    calls: `
      suscríbete | suscríbase | apúntate | recibe | reciba | regístrate | descubre | sigue | únete | accede |
      disfruta | apoya | crea | cada | tu | entérate | mantente | descarga | consulta | no te pierdas |
      todos los | todas las | lo mejor | las noticias/mejores`,
    offers: `
      newsletter | newsletters | boletín | boletines | correo | email | e-mail | suscripción | alertas |
      gratis | bandeja de entrada | nuestra app | acceso ilimitado`,
    ours: `nuestro | nuestra | nuestros | nuestras | tu | tus | su | te | ti`,
    newsletter: "bolet[íi]n",
    pitched: "noticias|cada|mañana|tu|su",
  },
};
