// The words by which English-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

export const ENGLISH: LanguageWords = {
  language: "en",
  commonest: `
    the of and to in that is was for it with as his on be at by had not are but from or have an they which
    one you were her all she there would their we him been has when who will more no if out so said what up
    its about into than them can only other`,
  dates: {
    weekdays: `monday tuesday wednesday thursday friday saturday sunday`,
    shortWeekdays: `mon tue tues wed thu thur thurs fri sat sun`,
    months: `
      january february march april may june july august september october november december jan feb mar apr
      jun jul aug sep sept oct nov dec`,
    published: `
      (?:first |originally |date )?(?:published|posted|created|issued|released|uploaded)(?: date)?|
      (?:publication|pub|release) date|date(?: of publication)?`,
    updated: `
      (?:(?:last|latest|most recently|recently) )?
      (?:updated?|modified|modification|edited|revised|changed|reviewed|amended)(?: date)?`,
    units: "seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhdw]",
    one: "an?",
    after: "ago",
    today: "just now|today|yesterday",
    readingTime: "reading time",
    reading: "read",
    joining: "on at the of to and in time local",
    telling: "this it article story page post item was is has been",
    by: "by in",
  },
  bylines: {
    marks: {
      author: `
        by | written/story/words/text/compiled by | author/authors/text/words/story:`,
      perhaps: "opinion/analysis/review/column/commentary/interview by",
      reporter: "reporting/reported by | reporter/reporters:",
      "reporter writer": "reporting and writing by | reported and written by | writing and reporting by",
      "author photographer": "text/words/story and photos/photographs/pictures by",
      contributor: `
        additional reporting/writing by | additional reporting from | with contributions from |
        research/video/produced by | contributors:`,
      with: "with",
      writer: "writing by",
      editor: "editing/edited by | editor/editors/editing:",
      photographer: `
        photographs/photos/photography/pictures by | photos/photographs/photography:`,
      illustrator: `
        illustration/illustrations/illustrated/graphics/graphic by | illustration/illustrations:`,
      translator: "translated/translation by | translator:",
    },
    contributed: `
      (?:also |all )?contributed (?:to (?:this|the) (?:report|reporting|article|story|piece|post)|
      (?:additional )?(?:reporting|research)(?: to this (?:report|article|story))?)`,
    reportedFrom: "(?:reported|is reporting|are reporting) from",
    writtenBy: "This (?:story|article|report|piece) was (?:originally )?(?:written|reported) by",
    and: "and",
    at: "in|from|at|near|outside",
    agencies: `
      AP | Associated Press | The Associated Press | Reuters | Thomson Reuters | Reuters Breakingviews | UPI | PA |
      PA Media | Press Association | Bloomberg | Bloomberg News | Xinhua | Kyodo | Kyodo News | Jiji | Jiji Press |
      Yonhap | Yonhap News | PTI | Press Trust of India | ANI | IANS | Anadolu | Anadolu Agency | AA | KCNA | AAP |
      Australian Associated Press | Canadian Press | The Canadian Press | CP | Bernama | Antara | MENA | WAM | SPA |
      IRNA | SANA | WAFA | JTA | RNS | CNN | BBC | BBC News | NBC News | CBS News | ABC News | CNBC | NPR | VOA |
      PRNewswire | Business Wire | GlobeNewswire`,
    otherAgencies: "(?:(?:other|news) )?(?:agencies|wires)|wire reports|news services",
    regions: `
      Alabama | Alaska | Arizona | Arkansas | California | Colorado | Connecticut | Delaware | Florida | Georgia |
      Hawaii | Idaho | Illinois | Indiana | Iowa | Kansas | Kentucky | Louisiana | Maine | Maryland | Massachusetts |
      Michigan | Minnesota | Mississippi | Missouri | Montana | Nebraska | Nevada | New Hampshire/Jersey/Mexico/York |
      North/South/West Carolina/Dakota/Virginia | Ohio | Oklahoma | Oregon | Pennsylvania | Rhode Island |
      Tennessee | Texas | Utah | Vermont | Virginia | Washington | Wisconsin | Wyoming | Alberta | British Columbia |
      Manitoba | New Brunswick | Newfoundland | Nova Scotia | Ontario | Quebec | England | Scotland | Wales |
      Saskatchewan | Northern Ireland | Gaza Strip | West Bank | Hong Kong | Macau | Crimea | Kashmir`,
    jobs: `
      writer reporter correspondent editor journalist columnist critic photographer photojournalist
      videographer producer contributor analyst blogger intern chief staff editor-in-chief freelance freelancer
      stringer illustrator translator fellow`,
    workers: "writers?|reporters?|journalists?|correspondents?|photographers?",
    special: "special (?:to|for)|for",
    organisations: `
      times post news press herald tribune gazette journal observer guardian telegraph chronicle agency magazine
      media network radio television tv bureau service services review weekly daily mail echo university institute
      college foundation centre center newspaper newspapers newsroom wires agencies reuters courant examiner
      inquirer register sentinel dispatch ledger broadcasting`,
    small: "of the and for in to on at",
    article: "the",
    before: `
      (?:view|see|read|show)?\\s*(?:all\\s+|more\\s+|other\\s+)?(?:posts|articles|stories|entries)\\s+
      (?:by|from|of)|more\\s+(?:by|from)|(?:posted|written|published|words|text|story|report(?:ed|ing)?)\\s+by|
      about|follow|author(?:\\(?s\\)?)?|by`,
    behind: "['’]s (?:posts|articles|page|profile)",
    nobody: `
      no\\s?author|none|null|nil|undefined|unknown|anonymous|n/?a|guest|not\\s+set|default|test|
      \\w*admin(?:istrator)?\\d*|webmaster|root|(?:super)?user\\d*|author|by|editor\\d*|
      (?:view|see|show)\\s+(?:all|more).*|all\\s+posts|more|share|follow|read\\s+more`,
    never: `
      the an and or of for with from at by to on into over under is are was were be been this that these those it
      its he she they we you your our their his her not no yes all any how why what who when where which while
      after before about more most less than as if but so also here there now today yesterday tomorrow monday
      tuesday wednesday thursday friday saturday sunday january february july september october november
      december news times press agency herald tribune gazette journal observer telegraph chronicle newspaper
      magazine media network radio television tv bureau staff editor editors editorial newsroom desk team board
      correspondent reporter reporters writer writers journalist columnist contributor photographer agencies
      wires read share subscribe subscription subscribers follow related updated update published photo photos
      photograph video videos image images file source advertisement breaking exclusive live watch listen
      newsletter newsletters podcast podcasts menu search contact copyright rights reserved comments comment story
      stories latest trending sign log login account website email sports sport business politics world weather
      health science technology travel culture lifestyle entertainment opinion analysis education economy climate
      chief political national international senior foreign diplomatic parliamentary assistant deputy managing
      contributing university college school institute council committee commission department ministry minister
      president senator governor mayor police court bank company corporation inc ltd llc gmbh group foundation
      association society party union city county town state states street road avenue river lake mountain island
      islands airport hospital museum league government`,
    noPlace: `
      BREAKING UPDATE UPDATED UPDATES LIVE WATCH LISTEN EXCLUSIVE OPINION ANALYSIS VIDEO VIDEOS PHOTO PHOTOS
      PODCAST GALLERY EDITORIAL CORRECTION CLARIFICATION NOTE ADVERTISEMENT URGENT WARNING RELATED READ MORE
      NEWS ALERT SPOILER FACT CHECK REVIEW INTERVIEW PROFILE EXPLAINER TIMELINE STORY CONTINUES TOP LATEST
      BRIEF BRIEFING SPECIAL REPORT FEATURE SPORT SPORTS WEATHER POLL QUIZ SUBSCRIBE ADVERTORIAL SPONSORED
      FIRST DEVELOPING FLASH WRAP FACTBOX INSIGHT COLUMN COMMENT LETTER LETTERS OBITUARY I A AN AND OR BUT IF
      IS ARE WAS WERE BE IT HE SHE WE YOU THEY HIS HER MY OUR YOUR THIS THAT NOT NO YES SAID WHAT WHO WHY HOW
      WHEN EU NATO NASA OPEC FIFA UEFA IOC ASEAN UNICEF UNESCO UNHCR INTERPOL IMF WTO OECD OSCE NAFTA BRICS
      COVID COVID-19 AIDS SARS IAEA AIEA EUROPOL FRONTEX ECOWAS NAACP ACLU OSHA FEMA NCAA NBA NFL NHL MLB
      NASCAR NASDAQ ESPN CNBC HAMAS HEZBOLLAH ISIS KGB CIA FBI GOP MPS USAID AIPAC SNCF BASF IKEA OFCOM UKIP
      DEA DHS DOJ CEO AI`,
  },
  bios: {
    label: "about the (?:author|writer|reporter)",
    author: "the (?:author|writer|reporter|columnist)",
    contact: "follow|contact|e-?mail|reach|write to",
    is: "(?:is|are) (?:an?|the|our)",
    a: "an?",
    journalist: `
      reporter|correspondent|journalist|columnist|photojournalist|staff writer|news editor|freelance writer|
      freelancer|bureau chief`,
    other: `
      editor|writer|critic|photographer|author|producer|contributor|blogger|essayist|novelist|historian|
      professor|lecturer|fellow|researcher|analyst`,
    based: "(?:(?:is|are) (?:currently )?)?based (?:in|out of)|lives (?:and works )?in|grew up in",
    covers: `
      covers|covering|focus(?:es|ing) on|speciali[sz]es in|reporting on|reports (?:on|for|from)|writes (?:about|on|for)|(?:has )?
      (?:covered|reported|written) (?:on |about |for |from )?(?=\\p{L})(?=.{0,80}(?:since|for more than|for over|years))`,
    works: `
      (?:works|is working) (?:as an?|for|at)|joined (?:the )?(?=\\p{Lu})(?=.{0,60}\\b(?:19|20)\\d\\d)|
      has been (?:an?|the|with|at)|has worked|has written`,
    studied: `
      graduated|is a graduate of|studied|holds an? (?:\\p{L}+ )?(?:degree|doctorate|master)|
      earned (?:a|her|his|their) (?:\\p{L}+ )?degree`,
    earlier: `
      previously|before joining|formerly|has worked|has written for|has reported|served (?:in|as)|joined`,
    reach: `
      can be (?:reached|contacted|followed)|(?:is|tweets|posts) (?:on|at) (?=(?:Twitter|X|Bluesky|Mastodon|@))|
      follow (?:her|him|them|\\p{Lu}\\p{L}+) (?:on|at)|
      (?:reach|email|e-mail|contact|write to) (?:her|him|them) (?:at|on)?`,
    prizes: `
      (?:won|winner of|recipient of|received) (?=.{0,80}(?:prize|award))|
      (?:is the )?author of|(?:her|his) (?:latest |first )?book`,
    they: "she|he|they",
    do: "is|was|has|also|holds|lives|covers|reports|writes|joined|served|graduated|previously|a",
    speech: "said|says|told|added|replied|argued|accused|announced|warned|testified",
  },
  pictures: {
    counted: "image|photo|picture|slide",
    button: `
      view (?:full |image )?gallery|open gallery|hide caption|toggle caption|enlarge(?: this)? image|
      (?:purchase|acquire) licensing rights|opens new tab`,
    captionLabel: "(?:image|photo) caption[,:]|caption:",
    archive: "file (?:photo|image)",
    rights: "rights reserved",
    speaks: `
      in this (?:[\\w-]+ ){0,3}(?:photo|picture|image|frame grab|screenshot|photograph)|
      pictured (?:here|above|left|right)`,
    article: "an?|two|three|several|people",
    seen: `
      walks?|stands?|sits?|holds?|speaks|looks|poses?|smiles?|waves|shows?|shown|seen|wears?|wearing|holding|
      standing|walking|sitting|kneels|gestures|aerial|close-up|portrait|clad`,
    told: "said|says|told|according",
    credit: `
      (?:Photo|Photograph|Picture|Image|Illustration|Graphic)(?:s|y)?(?: [Cc]redits?)?(?: by(?= )| ?:)|
      (?:PHOTO|IMAGE|FOTO)S?(?: BY(?= )| ?:|(?= \\p{Lu}{2}))|[Cc]redits?(?: ?:|\\.{3}|…)|Image source,`,
    source: "Source",
    credited: `
      and by courtesy file for from handout image images of on per photo photos pool stock supplied the via
      archive archives picture`,
    agencies: `
      KCNA VIA KNS | Sputnik | PA Wire | Getty [Images] | Hulton Archive | EPA | EPA-EFE | Keystone | Scanpix |
      TT News Agency | Lehtikuva | NurPhoto | Sipa [USA] | SIPA USA | Abaca | MAXPPP | imago [images] |
      picture alliance | picture-alliance | ddp | Shutterstock | Alamy | iStock | Adobe Stock | Unsplash | Pexels |
      Pixabay | Wikimedia Commons | Depositphotos | Magnum Photos | Zuma | ZUMA Press | Newscom | Rex Features |
      Polaris | Redux | VII | Hans Lucas | Bestimage | AGERPRES | BTA | Suspilne | VNA | NASA | ESA | NOAA | USGS |
      U.S./US Air/Space Force | U.S./US Army/Navy | U.S./US Marine Corps | U.S./US Coast Guard | La Presse |
      Department of Defense | Bundeswehr`,
    text: "reporting|additional|writing|written|editing|edited|compiled|with|by|story|text|translat\\w+|see|from",
  },
  site: {
    whole: {
      navigation: `
        skip to [main] content/navigation | skip/toggle/site navigation | menu | search | homepage |
        e-paper | epaper | sitemap | sections | close | tags | topics | loading | main/open/close menu |
        back to top | search this site | home page | print edition | site map | contact/about us |
        help centre/center | [view] all sections | previous/next article/story | go to homepage |
        my account | show/load/view/learn more | see/view all | filed under |
        about/meet the author/authors/writer | loading content`,
      prompt: `
        subscribe | login | logout | register | donate | premium | save | bookmark | unsubscribe |
        subscribe/register/join/donate/give now | subscribe today/here | sign/log in/up/out |
        register for free | join/support us | join free | create [an] account | create a free account |
        already/become a subscriber/member | already have an account | already a subscriber sign/log in |
        start [your] free trial | try it free | subscribe to continue [reading] | subscribe to read more |
        log/sign in to continue | [for] subscribers/subscriber/members only | subscriber exclusive |
        continue with google/facebook/apple | continue reading | save article/story | save for later |
        gift/give this article | download/get the/our app | sign up now/here/today | sign me up |
        sign up for free | newsletter signup/sign-up | newsletter sign up |
        email/manage address/preferences | [enter] your email [address] | get the newsletter |
        our/more newsletters | see all newsletters | subscribe to our newsletter | join our newsletter`,
      share: `
        share | copied | print | tweet | follow | comments | comment |
        share [this] this/article/story/link/options/page/post | share/print/email [full/this] article |
        share with a friend | share via email | copy link/url | link copied | print this page |
        email a friend | pin it | tweet/post this | click to tweet | follow us [on] | follow this author |
        [view] more sharing options | share on social media | leave/add/post/write/#/report [a] comment |
        leave a reply | view/show/read/see/#/no [all] comments | join the conversation/discussion |
        comments are closed | comments # | no comments yet | be the first to comment |
        sign/log in to comment | write a letter to the editor | have your say | what do you think |
        tell us what you think`,
      list: `
        related | trending | recommended |
        related stories/story/articles/article/content/topics/news/links/coverage/reading/video/videos |
        read more/also/next | also read | up next | most read/popular/viewed/shared/commented |
        popular/trending now |
        popular/trending/top/latest/recommended/more/promoted/sponsored/other stories/content |
        top/latest/more news/headlines | the latest | editor's/editors'/editors/our picks |
        recommended/stories for you | recommended/further/keep reading | you may/might [also] like |
        more [stories] like/on this | more on this story/topic | more top stories | see also | don't miss |
        in case you missed it | what to read next | [from] around the web | from our partners |
        from the archives | watch more | in other news | explore further`,
      advertisement: `
        advertisement | advertisements | advertising | ad | ads | advert | sponsored | promoted |
        story/article continues below/after [advertisement] | advertisement scroll to continue [reading] |
        [advertisement] continue reading the main story | skip/loading advertisement | skip ad | remove ads |
        report this ad | this ad will close in #`,
      legal: `
        reprints | licensing | republish | terms | privacy | accessibility | imprint | legal | adchoices |
        cookies | reprints/rights [and] permissions | purchase/order reprints |
        purchase/buy/get licensing rights | republish this article/story | request permission |
        buy this photo | buy a copy | buy prints | terms of use/service | terms [and] conditions |
        privacy/cookie/legal policy/notice/settings/center/centre/preferences | do not sell my info |
        do not sell my personal information | do not sell or share my personal information |
        your privacy choices | your california privacy rights | accessibility statement |
        all rights reserved | corrections/editorial policy | code of ethics | ad choices | report an error |
        report a correction/typo | manage/accept cookies/consent | accept/reject all [cookies] |
        accept and continue | i accept | got it`,
      figures: `
        # min/mins/minute/minutes [to] read |
        # min/mins/views/view/reads/shares/share/likes/like/retweets/followers/words |
        reading/read time # min/mins/minutes/minute | estimated reading time # minutes | # people reading |
        views # | # min listen | listen | audio | watch | play | pause | mute | unmute |
        listen to [this/the] article/story | listen/watch now | play audio/video | watch [the] video |
        video player | this audio is auto-generated | this slideshow requires javascript | text to speech |
        [increase/decrease] font/text size | a a a | now playing`,
      counter: `
        # of # [photos] | photo/image/slide/# # of # | next/previous/expand/enlarge slide/image |
        view/open gallery | see all photos | [view] # photos | show/hide/image/toggle caption |
        open image in gallery | image source/credit | back to gallery/photos | caption | next | previous |
        prev`,
    },
    starts: {
      navigation: `filed under`,
      prompt: `
        subscribe to/for | sign/log in to | sign up to/for | register for free |
        already/become/not a subscriber | already/become a member | support our/independent journalism |
        this article/story/content is for subscribers | you have # free articles | you have # articles left |
        get unlimited access | start your subscription | download our/the app | get our |
        get the latest news | enter your email | subscribe to our newsletter | sign up to our |
        sign up here for | by signing up | by submitting/entering/providing your email | by subscribing |
        this site is protected by recaptcha | please enter a valid email | thank you for subscribing |
        thanks for subscribing | thanks for signing up | you can unsubscribe | delivered to your inbox |
        in your inbox`,
      share: `
        share this/on/via | click to share/email/print | click here to share | follow/like/find/join us on |
        share article on | tweet this | opens in new window | follow our | connect with us |
        join the conversation | sign/log in to comment | view/show/read # comments |
        please read our comment | please log in to | have your say | send a letter`,
      list: `
        read/see/explore more | read/see also | also/most read | read next | related | recommended |
        trending | watch | most popular | more from/on/by/in | more stories from | latest from | don't miss |
        in pictures | what to know | you may also like | editor's pick`,
      advertisement: `
        advertisement | story/article continues below/after | paid content from | scroll to continue`,
      legal: `
        our standards | reprints | republish | order reprints | to request permission | for permission to |
        for reprint | licensed under | this article is republished from | this article is published under |
        copyright/© # | copyright © | © copyright | do not sell | registered office | company number |
        all rights reserved | we use cookies | this site/website uses cookies | we and our partners |
        by continuing to use this site | by continuing to browse | by clicking accept |
        manage [your] cookie | we value your privacy`,
      figures: `
        [estimated] reading/read time | listen to this | listen to the article | play audio |
        your browser does not support | watch the video | video | audio`,
      counter: `image/photo/slide # of #`,
    },
    within: {
      prompt: `
        you can unsubscribe at any time | unsubscribe at any time | this site is protected by recaptcha`,
      legal: `
        may not be published broadcast rewritten or redistributed | for reprint rights |
        for permission to reuse | reprinted with permission from our | all rights reserved |
        use of this site/website constitutes | terms of service/use and privacy policy |
        privacy policy and terms | subject/agree to our terms | agree to the terms of |
        agree to our privacy | our privacy policy | we use cookies | our use of cookies |
        this site/website uses cookies | uses cookies to improve your | to our cookie policy`,
      figures: `your browser does not support the audio/video`,
    },
    weak: {
      navigation: `
        home | news | world | us | uk | europe | asia | africa | americas | politics | business | economy |
        markets | money | finance | tech | technology | science | health | sport | sports | culture | arts |
        entertainment | lifestyle | style | travel | food | opinion | opinions | comment | editorial |
        editorials | letters | obituaries | weather | video | videos | photos | pictures | podcasts |
        podcast | live | local | regional | national | international | breaking | crime | education |
        environment | climate | property | jobs | cars | autos | classifieds | puzzles | crossword | games |
        horoscopes | events | magazine | archive | archives | analysis | investigations | investigation |
        features | feature | explainer | exclusive | careers | about | contact | help | shop | store | faq |
        rss | newsletters | newsletter | premium | more | english | edition | u s/k | middle east | live tv |
        local/world/us/breaking news | real estate | games and puzzles | fact check | in depth |
        special report | long read | today's paper`,
      share: `
        facebook | twitter | x | whatsapp | linkedin | reddit | telegram | pinterest | email | e-mail |
        mail | instagram | youtube | tiktok | threads | bluesky | mastodon | flipboard | messenger | link |
        sms | pocket | line | truth social | x/facebook twitter | twitter/facebook x`,
      list: `top | popular | latest | recent | new | keywords | watch | related tags`,
      figures: `# minutes/minute/mins/hours/hour/hrs/hr/days/day/h/m ago | yesterday | just now | # h`,
    },
    hints: {
      legal: `
        may not be reproduced | without [written] permission | reproduction in whole or in part |
        this article/story was originally published | privacy policy | terms of service/use |
        registered in england`,
    },
    calls: `
      sign/catch up | sign up to/for | subscribe | get | join | receive | enter | register | stay | want |
      support | become | try | start | read | keep | discover | follow | download | have | every | each |
      your | today's | top | unlock | enjoy | love | don't/never miss | be the first | we/we'll send |
      the best | all the | start your day`,
    offers: `
      newsletter | newsletters | inbox | email | e-mail | emails | subscription | subscriber | subscribers |
      alerts | membership | mailing list | breaking news alerts | unlimited/digital access | free trial |
      our app | daily briefing`,
    ours: `our | your | us | we | you | we'll | you'll`,
    newsletter: "newsletter|briefing",
    pitched: "news|stories|headlines|daily|weekly|morning|inbox|your|you",
  },
};
