// The words by which English-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

/** English. */
export const ENGLISH: LanguageWords = {
  language: "en",
  commonest: `
    the of and to in that is was for it with as his on be at by had not are but from or have an they
    which one you were her all she there would their we him been has when who will more no if out so
    said what up its about into than them can only other`,
  weekdays: `monday tuesday wednesday thursday friday saturday sunday`,
  shortWeekdays: `mon tue tues wed thu thur thurs fri sat sun`,
  months: `
    january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec`,
  published:
    "(?:first |originally |date )?(?:published|posted|created|issued|released|uploaded)(?: date)?|(?:publication|pub|release) date|date(?: of publication)?",
  updated:
    "(?:(?:last|latest|most recently|recently) )?(?:updated?|modified|modification|edited|revised|changed|reviewed|amended)(?: date)?",
  whole: {
    navigation: `
      skip to content | skip to main content | skip to navigation | skip navigation | menu | main menu |
      open menu | close menu | toggle navigation | site navigation | back to top | search | search this site |
      home page | homepage | e-paper | epaper | print edition | site map | sitemap | contact us | about us |
      help centre | help center | all sections | sections | view all sections | previous article |
      next article | previous story | next story | go to homepage | my account | show more | load more |
      view more | see all | view all | close | tags | topics | filed under | about the author |
      about the authors | about the writer | meet the author | learn more | loading | loading content`,
    prompt: `
      subscribe | subscribe now | subscribe today | subscribe here | sign in | sign up | log in | login |
      log out | logout | sign out | register | register now | register for free | join now | join us |
      join free | create account | create an account | create a free account | already a subscriber |
      already a member | already have an account | already a subscriber sign in |
      already a subscriber log in | become a member | become a subscriber | support us | donate | donate now |
      give now | start your free trial | start free trial | try it free | subscribe to continue |
      subscribe to continue reading | subscribe to read more | log in to continue | sign in to continue |
      for subscribers only | subscribers only | subscriber only | subscriber exclusive | premium |
      members only | continue with google | continue with facebook | continue with apple | continue reading |
      save | save article | save for later | save story | bookmark | gift this article | give this article |
      download the app | download our app | get the app`,
    newsletter: `
      sign up now | sign me up | sign up here | sign up today | sign up for free | newsletter signup |
      newsletter sign up | newsletter sign-up | email address | your email | your email address |
      enter your email | enter your email address | get the newsletter | our newsletters | more newsletters |
      see all newsletters | subscribe to our newsletter | join our newsletter | unsubscribe |
      manage preferences | email preferences`,
    share: `
      share | share this | share this article | share this story | share article | share story |
      share this page | share this post | share full article | share with a friend | share via email |
      share link | copy link | link copied | copy url | copied | print this article | print article |
      print this page | print | email this article | email a friend | tweet | pin it | tweet this |
      post this | click to tweet | follow us | follow us on | follow this author | follow | more sharing options |
      view more sharing options | share options | share on social media`,
    list: `
      related | related stories | related story | related articles | related article | related content |
      related topics | related news | related links | related coverage | related reading | related video |
      related videos | read more | read also | also read | read next | up next | most read | most popular |
      most viewed | most shared | most commented | popular now | popular stories | trending | trending now |
      trending stories | top stories | top news | top headlines | latest news | latest stories |
      latest headlines | the latest | editor's picks | editors' picks | editors picks | our picks |
      recommended | recommended for you | recommended stories | recommended reading | you may also like |
      you might also like | you may like | you might like | more stories | more stories like this |
      more news | more on this story | more on this topic | more on this | more like this | more top stories |
      more headlines | further reading | see also | don't miss | in case you missed it | what to read next |
      promoted stories | promoted content | around the web | from around the web | from our partners |
      sponsored stories | sponsored content | from the archives | other stories | stories for you |
      keep reading | watch more | in other news | explore further`,
    advertisement: `
      advertisement | advertisements | advertising | ad | ads | advert | sponsored | promoted |
      story continues below advertisement | article continues below advertisement |
      article continues after advertisement | story continues after advertisement |
      advertisement scroll to continue | advertisement scroll to continue reading |
      advertisement continue reading the main story | continue reading the main story | skip advertisement |
      skip ad | loading advertisement | article continues below | story continues below | remove ads |
      report this ad | this ad will close in #`,
    licence: `
      reprints | reprints and permissions | reprints permissions | purchase reprints | order reprints |
      purchase licensing rights | buy licensing rights | get licensing rights | licensing |
      republish this article | republish this story | republish | rights and permissions |
      rights permissions | request permission | buy this photo | buy a copy | buy prints`,
    legal: `
      terms of use | terms of service | terms and conditions | terms conditions | terms | privacy policy |
      privacy notice | privacy | privacy settings | privacy center | privacy centre | do not sell my info |
      do not sell my personal information | do not sell or share my personal information |
      your privacy choices | your california privacy rights | accessibility | accessibility statement |
      imprint | legal notice | legal | all rights reserved | corrections policy | editorial policy |
      code of ethics | ad choices | adchoices | report an error | report a correction | report a typo`,
    cookies: `
      cookie policy | cookie settings | cookie preferences | cookie notice | cookies | manage cookies |
      accept cookies | accept all cookies | reject all cookies | accept all | reject all | manage consent |
      accept and continue | i accept | got it`,
    comments: `
      comments | comment | leave a comment | add a comment | post a comment | leave a reply | post comment |
      view comments | show comments | read comments | see comments | view all comments |
      join the conversation | join the discussion | write a comment | comments are closed | # comments |
      # comment | comments # | no comments | no comments yet | be the first to comment | sign in to comment |
      log in to comment | report comment | write a letter to the editor | have your say | what do you think |
      tell us what you think`,
    figures: `
      # min read | # mins read | # minute read | # minutes read | # min | # mins | reading time # min |
      reading time # mins | reading time # minutes | reading time # minute | read time # min |
      read time # mins | read time # minutes | estimated reading time # minutes | # views | # view | # reads |
      # shares | # share | # likes | # like | # retweets | # followers | # people reading | views # |
      # minutes to read | # min listen | # words`,
    audio: `
      listen | listen to this article | listen to article | listen to the article | listen to this story |
      listen to story | listen now | play audio | audio | watch | watch video | watch the video | watch now |
      play video | play | pause | mute | unmute | video player | this audio is auto-generated |
      this slideshow requires javascript | text to speech | font size | text size | increase text size | decrease text size | a a a | now playing`,
    counter: `
      # of # | # of # photos | photo # of # | image # of # | slide # of # | next slide | previous slide |
      next image | previous image | view gallery | open gallery | see all photos | view # photos | # photos |
      show caption | hide caption | expand image | enlarge image | open image in gallery | image caption |
      image source | image credit | toggle caption | back to gallery | back to photos | caption | # # of # |
      next | previous | prev`,
  },
  starts: {
    navigation: `filed under`,
    prompt: `
      subscribe to | subscribe for | sign in to | log in to | sign up to | register for free |
      already a subscriber | already a member | become a member | become a subscriber | not a subscriber |
      support our journalism | support independent journalism | this article is for subscribers |
      this story is for subscribers | this content is for subscribers | you have # free articles |
      you have # articles left | get unlimited access | start your subscription | download our app |
      download the app`,
    newsletter: `
      sign up for | get our | get the latest news | enter your email | subscribe to our newsletter |
      sign up to our | sign up here for | by signing up | by submitting your email | by entering your email |
      by subscribing | by providing your email | this site is protected by recaptcha |
      please enter a valid email | thank you for subscribing | thanks for subscribing |
      thanks for signing up | you can unsubscribe | delivered to your inbox | in your inbox`,
    share: `
      share this | share on | share via | click to share | click to email | click to print |
      click here to share | follow us on | like us on | find us on | join us on | share article on |
      tweet this | opens in new window | follow our | connect with us`,
    list: `
      read more | read also | also read | read next | related | most read | most popular | more from |
      more on | more by | more in | see also | see more | recommended | trending | more stories from |
      latest from | watch | don't miss | in pictures | explore more | what to know | you may also like |
      editor's pick`,
    advertisement: `
      advertisement | story continues below | article continues below | article continues after |
      story continues after | paid content from | scroll to continue`,
    licence: `
      our standards | reprints | republish | order reprints | to request permission | for permission to |
      for reprint | licensed under | this article is republished from | this article is published under`,
    legal: `
      copyright # | copyright © | © # | © copyright | do not sell | registered office | company number |
      all rights reserved`,
    cookies: `
      we use cookies | this site uses cookies | this website uses cookies | we and our partners |
      by continuing to use this site | by continuing to browse | by clicking accept | manage your cookie |
      manage cookie | we value your privacy`,
    comments: `
      join the conversation | sign in to comment | log in to comment | view # comments | show # comments |
      read # comments | please read our comment | please log in to | have your say | send a letter`,
    figures: `reading time | read time | estimated reading time | estimated read time`,
    audio: `
      listen to this | listen to the article | play audio | your browser does not support | watch the video |
      video | audio`,
    counter: `image # of # | photo # of # | slide # of #`,
  },
  within: {
    licence: `
      may not be published broadcast rewritten or redistributed | for reprint rights |
      for permission to reuse | reprinted with permission from our`,
    legal: `
      all rights reserved | use of this site constitutes | use of this website constitutes |
      terms of service and privacy policy | terms of use and privacy policy | privacy policy and terms |
      subject to our terms | agree to our terms | agree to the terms of | agree to our privacy |
      our privacy policy`,
    cookies: `
      we use cookies | our use of cookies | this site uses cookies | this website uses cookies |
      uses cookies to improve your | to our cookie policy`,
    newsletter: `
      you can unsubscribe at any time | unsubscribe at any time | this site is protected by recaptcha`,
    audio: `your browser does not support the audio | your browser does not support the video`,
  },
  weak: {
    navigation: `
      home | news | world | us | uk | u s | u k | europe | asia | africa | americas | middle east | politics |
      business | economy | markets | money | finance | tech | technology | science | health | sport | sports |
      culture | arts | entertainment | lifestyle | style | travel | food | opinion | opinions | comment |
      editorial | editorials | letters | obituaries | weather | video | videos | photos | pictures |
      podcasts | podcast | live | live tv | local | local news | regional | national | international |
      world news | us news | breaking news | breaking | crime | education | environment | climate |
      real estate | property | jobs | cars | autos | classifieds | puzzles | crossword | games | horoscopes |
      games and puzzles | events | magazine | archive | archives | analysis | investigations | investigation |
      features | feature | explainer | exclusive | fact check | careers | about | contact | help | shop |
      store | faq | rss | newsletters | newsletter | premium | more | in depth | special report | long read |
      english | edition | today's paper`,
    share: `
      facebook | twitter | x | whatsapp | linkedin | reddit | telegram | pinterest | email | e-mail | mail |
      instagram | youtube | tiktok | threads | bluesky | mastodon | flipboard | messenger | link | sms | rss |
      pocket | line | truth social | x twitter | twitter x | facebook twitter | facebook x`,
    list: `more | top | popular | latest | recent | new | related tags | keywords | watch`,
    figures: `
      # minutes ago | # minute ago | # mins ago | # hours ago | # hour ago | # hrs ago | # hr ago |
      # days ago | # day ago | yesterday | just now | # h | # h ago | # m ago`,
  },
  hints: {
    licence: `
      may not be reproduced | without permission | without written permission |
      reproduction in whole or in part | this article was originally published |
      this story was originally published`,
    legal: `privacy policy | terms of service | terms of use | registered in england`,
  },
  calls: `
    sign up | sign up to | sign up for | subscribe | get | join | receive | enter | register | stay |
    don't miss | want | support | become | try | start | read | keep | discover | follow | download | have |
    never miss | be the first | we send | we'll send | every | each | your | the best | all the | today's |
    top | unlock | enjoy | start your day | catch up | love`,
  offers: `
    newsletter | newsletters | inbox | email | e-mail | emails | mailing list | subscription | subscriber |
    subscribers | breaking news alerts | alerts | unlimited access | free trial | our app | digital access |
    daily briefing | membership`,
  ours: `our | your | us | we | you | we'll | you'll`,
};
