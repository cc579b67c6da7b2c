// The words by which French-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

/** French. */
export const FRENCH: LanguageWords = {
  language: "fr",
  commonest: `
    de la le et les des en un une du que est pour qui dans sur pas au par plus ce avec se sont il elle
    son ses aux mais été ont cette ou comme leur nous vous être sans a selon après deux aussi l d qu n à
    s c ne même tout fait était y`,
  weekdays: `lundi mardi mercredi jeudi vendredi samedi dimanche`,
  shortWeekdays: `lun mar mer jeu ven sam dim`,
  months: `
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr fév
    avr juil déc aout fevrier decembre`,
  published:
    "(?:première )?publi(?:ée?|cation)|créée?|mise? en ligne|parue?|date de (?:publication|parution)",
  updated: "(?:dernière )?mise? à jour|(?:dernière )?modifi(?:ée?|cation)|actualisée?|màj|éditée?|révisée?",
  whole: {
    navigation: `
      aller au contenu | aller au contenu principal | accéder au contenu | aller à la navigation |
      passer au contenu | menu | menu principal | ouvrir le menu | fermer le menu | rechercher | recherche |
      retour en haut | haut de page | retour à l'accueil | page d'accueil | plan du site | contact |
      nous contacter | contactez-nous | qui sommes-nous | toutes les rubriques | rubriques | voir plus |
      afficher plus | voir tout | tout voir | fermer | article précédent | article suivant |
      le journal du jour | consulter le journal | édition du jour | mon compte | thèmes | thématiques |
      à propos de l'auteur | à propos de l'autrice | l'auteur | l'autrice`,
    prompt: `
      s'abonner | abonnez-vous | je m'abonne | abonnement | abonnements | se connecter | connexion |
      je me connecte | connectez-vous | s'identifier | identifiez-vous | s'inscrire | inscription |
      inscrivez-vous | je m'inscris | créer un compte | créer mon compte | déjà abonné |
      déjà abonné se connecter | déjà abonné connectez-vous | déjà inscrit | article réservé aux abonnés |
      réservé aux abonnés | réservé à nos abonnés | abonnés | offrir l'article | offrir cet article |
      lire plus tard | ajouter à vos favoris | ajouter aux favoris | ajouter à mes favoris | sauvegarder |
      enregistrer | faire un don | soutenez-nous | lire la suite | continuer la lecture | essai gratuit |
      télécharger l'application | se déconnecter`,
    newsletter: `
      je m'inscris à la newsletter | s'inscrire à la newsletter | inscrivez-vous à la newsletter |
      inscription à la newsletter | votre email | votre e-mail | votre adresse e-mail | votre adresse email |
      adresse e-mail | votre adresse mail | recevoir la newsletter | nos newsletters |
      toutes nos newsletters | toutes les newsletters | se désabonner | se désinscrire`,
    share: `
      partager | partager l'article | partager cet article | partagez cet article | partager sur | partagez |
      partager sur facebook | partager sur twitter | partager sur x | partager sur whatsapp |
      partager sur linkedin | partager par mail | partager par e-mail | envoyer par mail |
      envoyer par e-mail | copier le lien | lien copié | imprimer | imprimer l'article | nous suivre |
      suivez-nous | suivre | suivre ce sujet | envoyer à un ami | partages`,
    list: `
      à lire aussi | lire aussi | à lire également | lire également | à lire | à lire ensuite | à voir aussi |
      voir aussi | sur le même sujet | sur le même thème | dans la même rubrique | les plus lus | le plus lu |
      articles les plus lus | les articles les plus lus | les + lus | plus lus | les plus partagés |
      les plus commentés | à la une | articles liés | articles similaires | articles recommandés |
      articles associés | recommandés pour vous | recommandé pour vous | nos recommandations |
      notre sélection | la sélection de la rédaction | le choix de la rédaction | vous aimerez aussi |
      vous aimerez peut-être | vous pourriez aussi aimer | dernières actualités | dernières infos |
      les dernières infos | les dernières actualités | l'actualité en direct | tendances |
      contenus sponsorisés | contenu sponsorisé | en savoir plus | pour aller plus loin | plus d'articles |
      plus d'actualités | nos derniers articles | tous les articles | dossier | dossiers | les plus récents |
      à découvrir`,
    advertisement: `
      publicité | pub | annonce | annonces | la suite après la publicité | la suite après cette publicité |
      l'article continue après la publicité | suite de l'article après la publicité | passer la publicité |
      sponsorisé | contenu partenaire`,
    licence: `droits de reproduction | réutiliser ce contenu | demande de reproduction | acheter une photo`,
    legal: `
      mentions légales | conditions générales | conditions générales d'utilisation |
      conditions générales de vente | cgu | cgv | politique de confidentialité | confidentialité |
      données personnelles | vie privée | protection des données | charte de confidentialité |
      tous droits réservés | accessibilité | accessibilité non conforme | crédits | signaler une erreur |
      signaler un contenu | charte déontologique`,
    cookies: `
      gestion des cookies | gérer les cookies | gérer mes cookies | politique de cookies |
      paramètres des cookies | paramétrer les cookies | préférences cookies | cookies | accepter |
      tout accepter | accepter et fermer | accepter et continuer | continuer sans accepter | refuser |
      tout refuser | paramétrer | je refuse | j'accepte`,
    comments: `
      commentaires | commentaire | # commentaires | # commentaire | réagir | réagissez | commenter |
      commenter l'article | laisser un commentaire | ajouter un commentaire | lire les commentaires |
      voir les commentaires | voir tous les commentaires | afficher les commentaires | publier |
      aucun commentaire | # réactions | # réaction | soyez le premier à réagir | votre commentaire |
      contribuer | écrire un commentaire | vos réactions`,
    figures: `
      temps de lecture # min | temps de lecture # minutes | temps de lecture # minute | lecture # min |
      lecture # minutes | # min de lecture | # mn de lecture | # minutes de lecture | # minute de lecture |
      lecture en # minutes | # vues | # lectures | # partages | # j'aime`,
    audio: `
      écouter | écouter l'article | écouter cet article | écoutez cet article | lire l'article à voix haute |
      lecture audio | voir la vidéo | regarder | lire la vidéo | lecture | pause | article écouté |
      taille du texte | agrandir le texte`,
    counter: `
      # sur # | image # sur # | photo # sur # | voir le diaporama | voir la galerie | voir les photos |
      # photos | agrandir l'image | photo suivante | photo précédente | suivant | précédent |
      afficher la légende`,
  },
  starts: {
    prompt: `
      abonnez-vous | déjà abonné | cet article est réservé | il vous reste # | connectez-vous pour |
      pour lire la suite | créez un compte | inscrivez-vous gratuitement | profitez de nos offres |
      la suite est réservée | ce contenu est réservé | vous avez déjà un compte | soutenez un journalisme`,
    newsletter: `
      inscrivez-vous à | abonnez-vous à notre newsletter | recevez chaque | recevez nos | recevez notre |
      recevez gratuitement | recevez l'essentiel | retrouvez chaque | en vous inscrivant |
      votre adresse e-mail | votre adresse email | vous pouvez vous désinscrire | vous pouvez à tout moment`,
    share: `
      partager sur | partager via | partagez sur | partager cet | partager l'article | suivez-nous sur |
      rejoignez-nous sur | cliquez pour partager | retrouvez-nous sur | suivez nous`,
    list: `
      lire aussi | à lire aussi | à lire également | lire également | à lire | à voir aussi | voir aussi |
      sur le même sujet | les plus lus | notre dossier | pour aller plus loin | relire | écouter aussi |
      retrouvez aussi | vidéo | en images`,
    advertisement: `la suite après la | la suite de l'article après`,
    licence: `
      cet article est republié | cet article est publié sous licence | reproduction interdite |
      toute reproduction interdite`,
    legal: `
      © # | © copyright | copyright © | copyright # | tous droits réservés | conditions générales d' |
      les informations recueillies | vos données sont | responsable de la publication |
      directeur de la publication`,
    cookies: `
      nous utilisons des cookies | ce site utilise des cookies | en poursuivant votre navigation |
      nous et nos partenaires | avec votre accord nos partenaires | le respect de votre vie privée`,
    comments: `
      connectez-vous pour commenter | connectez-vous pour réagir | pour commenter | réagissez à |
      voir les # commentaires | lire les # commentaires | vous devez être connecté | vous devez vous connecter`,
    figures: `temps de lecture`,
    audio: `votre navigateur ne | écouter l'article | écouter cet`,
    counter: `image # sur # | photo # sur #`,
  },
  within: {
    licence: `
      toute reproduction ou représentation | toute reproduction interdite | reproduction même partielle`,
    legal: `
      tous droits réservés | nos conditions générales | notre politique de confidentialité |
      conformément à la loi informatique et libertés`,
    cookies: `
      nous utilisons des cookies | l'utilisation de cookies par notre | ce site utilise des cookies |
      acceptez l'utilisation des cookies | acceptez l'utilisation de cookies`,
    newsletter: `vous désinscrire à tout moment | vous désabonner à tout moment | lien de désabonnement`,
  },
  weak: {
    navigation: `
      accueil | actualité | actualités | actu | monde | international | france | europe | afrique |
      politique | société | économie | éco | sport | sports | culture | sciences | science | planète |
      climat | environnement | santé | tech | technologie | numérique | idées | opinions | opinion | débats |
      tribune | tribunes | éditorial | édito | chronique | chroniques | analyse | enquête | enquêtes |
      reportage | reportages | entretien | exclusif | en direct | direct | vidéo | vidéos | photos |
      podcasts | podcast | météo | faits divers | régions | région | justice | éducation | immobilier |
      emploi | voyage | mode | gastronomie | lifestyle | télévision | jeux | mots croisés | horoscope |
      newsletters | newsletter | archives | boutique | services | magazine | premium | décryptage |
      grand format | avis de décès | carnet | journal | édition | plus`,
    share: `e-mail | courriel | mail | lien`,
    list: `dernière minute | récents | populaires | mots-clés | mots clés | tags`,
    figures: `
      il y a # minutes | il y a # minute | il y a # min | il y a # heures | il y a # heure | il y a # h |
      il y a # jours | il y a # jour | hier | # h`,
  },
  hints: {
    licence: `reproduction interdite | licence creative commons`,
    legal: `politique de confidentialité | mentions légales | conditions d'utilisation`,
  },
  calls: `
    inscrivez-vous | abonnez-vous | recevez | découvrez | retrouvez | rejoignez | suivez | ne manquez |
    ne ratez | profitez | soutenez | créez | chaque | tous les | toutes les | votre | le meilleur |
    l'essentiel | l'actualité | téléchargez | restez | accédez | débloquez | pour ne rien`,
  offers: `
    newsletter | newsletters | lettre d'information | boîte mail | boîte e-mail | boîte de réception |
    e-mail | email | mail | abonnement | abonné | alertes | notre application | accès illimité |
    sans engagement`,
  ours: `notre | nos | votre | vos | vous | nous`,
};
