// The words by which French-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

export const FRENCH: LanguageWords = {
  language: "fr",
  commonest: `
    de la le et les des en un une du que est pour qui dans sur pas au par plus ce avec se sont il elle son
    ses aux mais été ont cette ou comme leur nous vous être sans a selon après deux aussi l d qu n à s c ne
    même tout fait était y`,
  dates: {
    weekdays: `lundi mardi mercredi jeudi vendredi samedi dimanche`,
    shortWeekdays: `lun mar mer jeu ven sam dim`,
    months: `
      janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr fév avr
      juil déc aout fevrier decembre`,
    published: `
      (?:première )?publi(?:ée?|cation)|créée?|mise? en ligne|parue?|date de (?:publication|parution)`,
    updated: `
      (?:dernière )?mise? à jour|(?:dernière )?modifi(?:ée?|cation)|actualisée?|màj|éditée?|révisée?`,
    units: "secondes?|heures?|jours?|semaines?|mois|ans?",
    one: "une?",
    before: "il y a",
    today: "aujourd['’]hui|hier",
    readingTime: "temps de lecture|lecture",
    reading: "de lecture",
    joining: "le la les du de des à a et l en heure heures locale locales",
    telling: "cet cette il elle page a été est",
    by: "par dans",
  },
  bylines: {
    marks: {
      author: `
        par | écrit par | propos recueillis par | recueilli par | auteur/auteurs/texte:`,
      perhaps: "un article de",
      reporter: "reportage [de/par]",
      "author photographer": "texte et photos:",
      contributor: "reportage complémentaire de | avec la contribution/collaboration de",
      with: "avec",
      writer: "rédigé par",
      editor: "edité/édité par",
      photographer: "photographies/photos de",
      illustrator: "illustration de | illustré par",
      translator: `
        traduit par | traduit de l'anglais par | traduction de | version française [de] | traduction:`,
    },
    contributed: "(?:a|ont) (?:également )?contribué à (?:cet article|ce reportage|cette enquête)",
    and: "et",
    at: "à|au|aux|en",
    agencies: "AFP | Agence France-Presse | Belga | ATS | Keystone-ATS | La Presse Canadienne",
    otherAgencies: "(?:autres )?agences",
    jobs: `
      journaliste rédacteur rédactrice correspondant correspondante envoyé envoyée chroniqueur chroniqueuse
      éditorialiste pigiste`,
    special: "pour",
    organisations: "presse agence dépêche courrier journaux matin université rédaction",
    small: "de la du des le les et à au aux en",
    article: "le la les",
    before: `
      (?:voir\\s+)?(?:tous\\s+)?les\\s+(?:articles|billets)\\s+(?:de|par)|publié\\s+par|à\\s+propos\\s+de|
      auteure?|par`,
    nobody: "auteur|tous\\s+les\\s+articles",
    never: `
      presse rédaction agence journaliste abonnés lire aussi publié mis avec pour dans sur par une leur nous vous
      ministre ville lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juillet août
      septembre octobre novembre décembre`,
    noPlace: `
      DIRECT VIDÉO INFOGRAPHIE ENTRETIEN REPORTAGE TRIBUNE ÉDITO ANALYSE EXCLUSIF CORRECTIF ALERTE PORTRAIT
      ENQUÊTE UE OTAN OMS OPEP FMI`,
  },
  bios: {
    label: "à propos de l['’]auteure?|l['’]auteure?",
    author: "l['’](?:auteure?|autrice)",
    is: "est|travaille comme",
    journalist: `
      journaliste|reporter|rédact(?:eur|rice)|correspondante?|envoyée? spéciale?|chroniqueu(?:r|se)|
      éditorialiste|pigiste`,
    based: "(?:est )?(?:basée?|installée?) à|vit (?:et travaille )?à",
    covers: "couvre|écrit (?:sur|pour)|spécialiste",
    studied: "diplômée? de|a étudié",
    earlier: "auparavant|avant de rejoindre|a rejoint",
    reach: "suivez-l[ea]",
    prizes: "(?:won|winner of|recipient of|received) (?=.{0,80}prix)|autrice de|auteur de",
    they: "elle|il",
    do: "a|est|vit|travaille",
    speech: "a déclaré|a dit|a affirmé|a ajouté|dit-il|dit-elle",
  },
  pictures: {
    button: "voir la galerie|agrandir l['’]image",
    captionLabel: "légende ?:",
    archive: "(?:photo|image) d['’](?:archives?|illustration)",
    rights: "droits réservés",
    speaks: "sur cette (?:photo|image)",
    article: "une?|des|deux|trois",
    seen: "marche(?:nt)?|tient|tiennent|pose(?:nt)?|debout|assise?s?|vue",
    credit: "Cr[ée]dit[oi]?s?(?: (?:photo|foto|image|imagen)s?)? ?:",
    told: "a dit|selon|déclaré",
    credited: "d de des du en et la le pour",
    text: "par",
  },
  site: {
    whole: {
      navigation: `
        aller/accéder/passer au contenu [principal] | aller à la navigation | menu principal |
        ouvrir/fermer le menu | rechercher | recherche | contact | contactez-nous | rubriques | fermer |
        thèmes | thématiques | l'auteur | l'autrice | retour en haut | haut de page | retour à l'accueil |
        page d'accueil | plan du site | nous contacter | qui sommes-nous | toutes les rubriques |
        voir/afficher plus | voir tout | tout voir | article précédent/suivant | le journal du jour |
        consulter le journal | édition du jour | mon compte | à propos de l'auteur/l'autrice`,
      prompt: `
        s'abonner | abonnez-vous | abonnement | abonnements | connexion | connectez-vous | s'identifier |
        identifiez-vous | s'inscrire | inscription | inscrivez-vous | abonnés | sauvegarder | enregistrer |
        soutenez-nous | je m'abonne/m'inscris | se connecter/déconnecter/désabonner/désinscrire |
        je me connecte | créer un/mon compte | déjà abonné/inscrit [connectez-vous] |
        déjà abonné se connecter | [article] réservé aux abonnés | réservé à nos abonnés | offrir l'article |
        offrir cet article | lire plus tard | ajouter à vos/mes favoris | ajouter aux favoris |
        faire un don | lire la suite | continuer la lecture | essai gratuit | télécharger l'application |
        je m'inscris à la newsletter | s'inscrire/inscrivez-vous/inscription à la newsletter |
        votre [adresse] email/e-mail/mail | adresse e-mail | recevoir la newsletter |
        [toutes] nos/les newsletters`,
      share: `
        partager | partagez | imprimer | suivez-nous | suivre | partages | commentaires | commentaire |
        réagir | réagissez | commenter | publier | contribuer | partager/imprimer/commenter l'article |
        partager/partagez cet article | partager sur [facebook/twitter/x/whatsapp/linkedin] |
        partager/envoyer par mail/e-mail | copier le lien | lien copié | nous suivre | suivre ce sujet |
        envoyer à un ami | #/vos commentaires/commentaire/réactions/réaction |
        laisser/ajouter/écrire un commentaire | lire/voir/afficher [tous] les commentaires |
        aucun/votre commentaire | soyez le premier à réagir`,
      list: `
        [à] lire/voir aussi/également/ensuite | à lire/découvrir | sur le même sujet/thème |
        dans la même rubrique | les plus/+ lus/partagés/commentés/récents | le plus lu |
        [les] articles les plus lus | plus lus/d'articles/d'actualités | à la une |
        articles liés/similaires/recommandés/associés | recommandés/recommandé pour vous |
        nos recommandations | notre sélection | la sélection de la rédaction | le choix de la rédaction |
        vous aimerez aussi/peut-être | vous pourriez aussi aimer | [les] dernières infos/actualités |
        l'actualité en direct | tendances | dossier | dossiers | contenus sponsorisés | contenu sponsorisé |
        en savoir plus | pour aller plus loin | nos derniers articles | tous les articles`,
      advertisement: `
        publicité | pub | annonce | annonces | sponsorisé | la suite après la/cette publicité |
        l'article continue après la publicité | suite de l'article après la publicité | passer la publicité |
        contenu partenaire`,
      legal: `
        droits/demande de reproduction | réutiliser ce contenu | acheter une photo | mentions légales |
        conditions générales [d'utilisation] | conditions générales de vente | cgu | cgv | confidentialité |
        accessibilité | crédits | accepter | refuser | paramétrer | j'accepte |
        politique/charte de confidentialité/cookies | données personnelles | vie privée |
        protection des données | tous droits réservés | accessibilité non conforme | signaler une erreur |
        signaler un contenu | charte déontologique | gestion/paramètres des cookies |
        gérer/paramétrer les/mes cookies | préférences cookies | tout accepter/refuser |
        accepter et fermer/continuer | continuer sans accepter | je refuse`,
      figures: `
        temps de lecture # min/minutes/minute | lecture [en] # min/minutes |
        # min/mn/minutes/minute de lecture | # vues/lectures/partages/j'aime | écouter | regarder | lecture |
        écouter l'article | écouter/écoutez cet article | lire l'article à voix haute | lecture audio |
        voir/lire la vidéo | article écouté | taille du texte | agrandir le texte`,
      counter: `
        [image/photo] # sur # | voir le diaporama | voir la galerie | voir les photos | agrandir l'image |
        photo suivante/précédente | suivant | précédent | afficher la légende`,
    },
    starts: {
      prompt: `
        abonnez-vous | déjà abonné | cet article est réservé | il vous reste # | connectez-vous pour |
        pour lire la suite | créez un compte | inscrivez-vous gratuitement/à | profitez de nos offres |
        la suite est réservée | ce contenu est réservé | vous avez déjà un compte | soutenez un journalisme |
        abonnez-vous à notre newsletter | recevez chaque/nos/notre/gratuitement/l'essentiel |
        retrouvez chaque | en vous inscrivant | votre adresse e-mail/email | vous pouvez vous désinscrire |
        vous pouvez à tout moment`,
      share: `
        partager/partagez/suivez-nous/rejoignez-nous/retrouvez-nous sur | partager via/cet/l'article |
        cliquez pour partager | suivez nous | connectez-vous pour commenter/réagir | pour commenter |
        réagissez à | voir/lire les # commentaires | vous devez être connecté | vous devez vous connecter`,
      list: `
        lire/voir/écouter/retrouvez aussi | à lire/voir aussi | [à] lire également | à lire |
        sur le même sujet | les plus lus | notre dossier | pour aller plus loin | relire | vidéo | en images`,
      advertisement: `la suite après la | la suite de l'article après`,
      legal: `
        cet article est republié | cet article est publié sous licence | [toute] reproduction interdite |
        tous droits réservés | conditions générales d' | les informations recueillies | vos données sont |
        responsable/directeur de la publication | nous utilisons des cookies | ce site utilise des cookies |
        en poursuivant votre navigation | nous et nos partenaires | avec votre accord nos partenaires |
        le respect de votre vie privée`,
      figures: `temps de lecture | votre navigateur ne | écouter l'article/cet`,
      counter: `image/photo # sur #`,
    },
    within: {
      prompt: `vous désinscrire/désabonner à tout moment | lien de désabonnement`,
      legal: `
        toute reproduction ou représentation | toute reproduction interdite | reproduction même partielle |
        tous droits réservés | nos conditions générales | notre politique de confidentialité |
        conformément à la loi informatique et libertés | nous utilisons des cookies |
        l'utilisation de cookies par notre | ce site utilise des cookies |
        acceptez l'utilisation des/de cookies`,
    },
    weak: {
      navigation: `
        accueil | actualité | actualités | actu | monde | france | afrique | politique | société | économie |
        éco | sciences | planète | climat | environnement | santé | technologie | numérique | idées |
        débats | tribune | tribunes | éditorial | édito | chronique | chroniques | analyse | enquête |
        enquêtes | reportage | reportages | entretien | exclusif | direct | vidéo | vidéos | météo |
        régions | région | justice | éducation | immobilier | emploi | voyage | mode | gastronomie |
        télévision | jeux | horoscope | boutique | services | décryptage | carnet | journal | édition |
        plus | en direct | faits divers | mots croisés | grand format | avis de décès`,
      share: `courriel | lien`,
      list: `dernière minute | récents | populaires | mots-clés | tags | mots clés`,
      figures: `il y a # minutes/minute/min/heures/heure/h/jours/jour | hier`,
    },
    hints: {
      legal: `
        reproduction interdite | licence creative commons | politique de confidentialité | mentions légales |
        conditions d'utilisation`,
    },
    calls: `
      inscrivez-vous | abonnez-vous | recevez | découvrez | retrouvez | rejoignez | suivez | profitez |
      soutenez | créez | chaque | votre | l'essentiel | l'actualité | téléchargez | restez | accédez |
      débloquez | ne manquez/ratez | tous/toutes les | le meilleur | pour ne rien`,
    offers: `
      newsletter | newsletters | e-mail | email | mail | abonnement | abonné | alertes |
      lettre d'information | boîte mail/e-mail | boîte de réception | notre application | accès illimité |
      sans engagement`,
    ours: `notre | nos | votre | vos | vous | nous`,
    newsletter: "lettre d['’]info",
    pitched: "actualité|infos|matin|chaque|votre|vos",
  },
};
