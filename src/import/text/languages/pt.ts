// The words by which Portuguese-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

/** Portuguese. */
export const PORTUGUESE: LanguageWords = {
  language: "pt",
  commonest: `
    de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem
    à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois
    sem são disse`,
  weekdays: `segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira`,
  shortWeekdays: `seg ter qua qui sex`,
  months: `
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro fev out`,
  published: "criado|(?:data d[ae] )?publicação",
  updated: "(?:última )?(?:atualização|modificação)|atualizad[oa]|alterad[oa]",
  whole: {
    navigation: `
      ir para o conteúdo | pular para o conteúdo | saltar para o conteúdo | ir para o conteúdo principal |
      menu principal | abrir menu | fechar menu | pesquisar | busca | procurar | voltar ao topo |
      página inicial | página principal | mapa do site | contato | contacto | fale conosco | quem somos |
      todas as seções | seções | ver tudo | ver mais | mostrar mais | carregar mais | fechar |
      próxima notícia | notícia anterior | edição impressa`,
    prompt: `
      assine | assine já | assine agora | assinar | assinatura | entrar | entre | iniciar sessão |
      fazer login | faça login | cadastre-se | registe-se | registre-se | criar conta | já é assinante |
      já sou assinante | exclusivo para assinantes | conteúdo exclusivo para assinantes | só para assinantes |
      continue lendo | continuar a ler | salvar | guardar | apoie-nos | doe agora`,
    newsletter: `
      assine a newsletter | assine nossa newsletter | inscreva-se | subscrever newsletter |
      subscreva a newsletter | seu e-mail | o seu e-mail | nossas newsletters | cancelar inscrição`,
    share: `
      compartilhe | compartilhar | partilhar | partilhe | compartilhe esta notícia | partilhar artigo |
      compartilhar no facebook | compartilhar no whatsapp | copiar link | copiar ligação | link copiado |
      imprimir | enviar por e-mail | siga-nos | seguir`,
    list: `
      leia também | leia mais | leia ainda | veja também | saiba mais | veja mais | relacionadas |
      relacionados | notícias relacionadas | artigos relacionados | mais lidas | as mais lidas | mais lidos |
      mais vistas | mais notícias | últimas notícias | últimas | recomendado para você | recomendados |
      recomendados para si | você pode gostar | tópicos relacionados | conteúdo patrocinado | destaques`,
    advertisement: `
      publicidade | anúncio | anúncios | continua após a publicidade | continua depois da publicidade | pub |
      conteúdo patrocinado`,
    legal: `
      termos de uso | termos e condições | política de privacidade | aviso legal | ficha técnica |
      todos os direitos reservados | direitos reservados | comunicar erro | comunicar erros | reportar erro`,
    cookies: `
      política de cookies | gerir cookies | gerenciar cookies | aceitar | aceitar todos |
      aceitar todos os cookies | rejeitar | recusar`,
    comments: `
      comentários | # comentários | # comentário | comentar | comente | deixe um comentário |
      deixe seu comentário | ver comentários | escreva um comentário`,
    figures: `
      tempo de leitura # min | tempo de leitura # minutos | # min de leitura | # minutos de leitura |
      # visualizações | # compartilhamentos | # partilhas`,
    audio: `
      ouvir | ouça | ouvir artigo | ouça este artigo | ouvir notícia | assistir | ver vídeo | reproduzir`,
    counter: `# de # | foto # de # | ver galeria | ver fotos`,
  },
  starts: {
    prompt: `
      assine para | já é assinante | conteúdo exclusivo para | entre para | cadastre-se para |
      registe-se para | para continuar a ler | para continuar lendo`,
    newsletter: `receba as | receba no | inscreva-se na | subscreva a nossa | ao se inscrever | assine nossa`,
    share: `compartilhar no | compartilhe no | partilhar no | siga-nos no | siga-nos nas`,
    list: `leia também | leia mais | leia ainda | veja também | saiba mais | ver também | mais lidas`,
    legal: `© # | copyright # | todos os direitos`,
    cookies: `utilizamos cookies | usamos cookies | este site utiliza cookies | este site usa cookies`,
    figures: `tempo de leitura`,
  },
  within: {
    legal: `todos os direitos reservados | nossa política de privacidade`,
    cookies: `utilizamos cookies | usamos cookies | este site utiliza cookies`,
  },
  weak: {
    navigation: `
      início | capa | notícias | mundo | brasil | portugal | política | economia | negócios | esportes |
      desporto | futebol | cultura | sociedade | ciência | tecnologia | saúde | educação | opinião | colunas |
      colunistas | ambiente | meio ambiente | cotidiano | polícia | entretenimento | turismo | vídeos |
      fotos | podcasts | tempo | horóscopo | jogos | ao vivo | última hora | local | países`,
    figures: `há # minutos | há # horas | há # dias | ontem | hoje`,
  },
  hints: {},
  calls: `
    assine | receba | inscreva-se | subscreva | descubra | siga | cadastre-se | apoie | todos os | todas as |
    o melhor | fique | acompanhe`,
  offers: `newsletter | newsletters | caixa de entrada | e-mail | email | assinatura | alertas | nosso app`,
  ours: `nosso | nossa | nossos | nossas | seu | sua | você`,
};
