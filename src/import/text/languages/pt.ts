// The words by which Portuguese-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

export const PORTUGUESE: LanguageWords = {
  language: "pt",
  commonest: `
    de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu
    sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem são disse`,
  dates: {
    weekdays: `
      segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira`,
    shortWeekdays: `seg ter qua qui sex`,
    months: `
      janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro fev out`,
    published: "criado|(?:data d[ae] )?publicação",
    updated: "(?:última )?(?:atualização|modificação)|atualizad[oa]|alterad[oa]",
    units: "ano?s?",
    one: "uma?",
    before: "há",
    after: "atrás",
    today: "hoje|ontem",
    readingTime: "leitura",
    reading: "de leitura",
    joining: "em o às as os da do",
    telling: "este artigo foi",
    by: "por",
  },
  bylines: {
    marks: {
      reporter: "reportagem de",
      with: "com",
      writer: "redação de",
      editor: "edição de",
      translator: "traduzido por | tradução de",
    },
    agencies: "Lusa | Agência Lusa/Brasil",
    andWithin: "e",
    at: "em",
    jobs: "jornalista repórter",
    organisations: "jornal folha correio agência",
    small: "do da e",
    article: "o",
    before: "(?:ver\\s+)?todos\\s+os\\s+(?:posts|artigos)\\s+(?:de|por)|por",
  },
  bios: {
    is: "é",
    journalist: "jornalista|repórter|correspondente|editora?|colunista",
    covers: "escreve sobre",
  },
  pictures: {
    counted: "imagem",
    credit: "Imagem ?:",
    rights: "direitos reservados",
    speaks: "nesta foto",
    article: "um|uma",
    credited: "dos",
  },
  site: {
    whole: {
      navigation: `
        ir/pular/saltar para o conteúdo [principal] | abrir/fechar menu | pesquisar | busca | procurar |
        contato | seções | fechar | voltar ao topo | página inicial/principal | mapa do site | fale conosco |
        quem somos | todas as seções | ver tudo | ver/mostrar/carregar mais | próxima notícia |
        notícia anterior | edição impressa`,
      prompt: `
        assine | assinar | assinatura | entre | cadastre-se | registe-se | registre-se | salvar | apoie-nos |
        inscreva-se | assine/doe já/agora | iniciar sessão | fazer/faça login | criar conta |
        já é/sou assinante | [conteúdo] exclusivo/só para assinantes | continue lendo | continuar a ler |
        assine/subscreva a/nossa newsletter | subscrever newsletter | [o] seu e-mail | nossas newsletters |
        cancelar inscrição`,
      share: `
        compartilhe | compartilhar | partilhar | partilhe | siga-nos | comentários | comente |
        compartilhe esta notícia | partilhar artigo | compartilhar no facebook/whatsapp | copiar ligação |
        link copiado | enviar por e-mail | #/ver comentários | # comentário | deixe/escreva um/seu comentário`,
      list: `
        leia/veja também/mais/ainda | saiba mais | notícias relacionadas | artigos/tópicos relacionados |
        [as] mais lidas/lidos/vistas/notícias | últimas notícias | últimas | destaques |
        recomendado para você | recomendados para si | você pode gostar | conteúdo patrocinado`,
      advertisement: `
        publicidade | anúncio | anúncios | continua após a publicidade | continua depois da publicidade`,
      legal: `
        termos de uso | termos e condições | política de privacidade | ficha técnica |
        todos os direitos reservados | direitos reservados | comunicar/reportar erro/erros |
        gerir/gerenciar cookies | aceitar | rejeitar | recusar | aceitar todos | aceitar todos os cookies`,
      figures: `
        tempo de leitura # min/minutos | # min/minutos de leitura |
        # visualizações/compartilhamentos/partilhas | ouvir | ouça | assistir | reproduzir |
        ouvir artigo/notícia | ouça este artigo`,
      counter: `ver galeria`,
    },
    starts: {
      prompt: `
        assine/entre/cadastre-se/registe-se para | já é assinante | conteúdo exclusivo para |
        para continuar a ler | para continuar lendo | receba as/no | inscreva-se na | subscreva a nossa |
        ao se inscrever | assine nossa`,
      share: `compartilhar/compartilhe/partilhar/siga-nos no | siga-nos nas`,
      list: `leia/veja/ver também | leia/saiba mais | leia ainda | mais lidas`,
      legal: `todos os direitos | este site utiliza/usa cookies`,
      figures: `tempo de leitura`,
    },
    within: {
      legal: `todos os direitos reservados | nossa política de privacidade | este site utiliza cookies`,
    },
    weak: {
      navigation: `
        início | capa | notícias | brasil | portugal | negócios | esportes | desporto | futebol | sociedade |
        ciência | saúde | educação | opinião | colunas | colunistas | cotidiano | polícia | entretenimento |
        turismo | tempo | jogos | países | meio ambiente | ao vivo`,
      figures: `há # minutos/horas/dias | ontem | hoje`,
    },
    calls: `
      assine | receba | inscreva-se | subscreva | descubra | siga | cadastre-se | apoie | fique | acompanhe |
      todos os | todas as | o melhor`,
    offers: `newsletter | newsletters | e-mail | email | assinatura | alertas | caixa de entrada | nosso app`,
    ours: `nosso | nossa | nossos | nossas | seu | sua | você`,
  },
};
