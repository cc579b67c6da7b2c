// Names of the category that a system gives to what has none: WordPress's “Uncategorized”, as it is called in
// its languages. They say nothing of an article.

import { slugify } from "../lib/text.ts";

/** True for the name, in any language, of the category of articles without one. */
export const isNoCategory = (name: string): boolean => NAMES.has(slugify(name));

const NAMES: ReadonlySet<string> = new Set(
  [
    ...["Uncategorized", "Uncategorised", "Not categorized", "No category", "Unclassified"],
    ...["Allgemein", "Unkategorisiert", "Nicht kategorisiert", "Ohne Kategorie", "Keine Kategorie"],
    ...[
      "Sin categoría",
      "Sin categorizar",
      "Sin clasificar",
      "Sense categoria",
      "Sen categoría",
      "Sen clasificar",
    ],
    ...["Non classé", "Non classée", "Non catégorisé", "Sans catégorie", "Sailkatu gabea", "Sailkatugabea"],
    ...["Sem categoria", "Sem categorias", "Não categorizado", "Senza categoria", "Non categorizzato"],
    ...[
      "Geen categorie",
      "Zonder categorie",
      "Niet gecategoriseerd",
      "Ongecategoriseerd",
      "Nie gekategoriseer nie",
    ],
    ...[
      "Okategoriserade",
      "Okategoriserad",
      "Ukategorisert",
      "Ikke kategorisert",
      "Ikke kategoriseret",
      "Ukategoriseret",
    ],
    ...["Yleinen", "Luokittelematon", "Kategorioimaton", "Óflokkað", "Määratlemata", "Kategoriseerimata"],
    ...[
      "Bez kategorijas",
      "Nekategorizēts",
      "Be kategorijos",
      "Nekategorizuota",
      "Bez kategorii",
      "Bez kategorie",
    ],
    ...["Nezařazené", "Nezařazeno", "Nezaradené", "Nekategorizirano", "Nekategorizovano", "Nerazvrščeno"],
    ...[
      "Kategória nélkül",
      "Nincs kategorizálva",
      "Fără categorie",
      "Necategorizat",
      "Pa kategori",
      "Pa kategorizuar",
    ],
    ...[
      "Genel",
      "Kategorilenmemiş",
      "Kategorisiz",
      "Tak Berkategori",
      "Tidak Berkategori",
      "Tidak dikategorikan",
    ],
    ...["Без рубрики", "Без категории", "Без рубрикі", "Без рубрыкі", "Без категорії", "Некатегоризовано"],
    ...[
      "Без категория",
      "Некатегоризирано",
      "Категорияланбаган",
      "Χωρίς κατηγορία",
      "Αταξινόμητα",
      "Μη κατηγοριοποιημένο",
    ],
    ...["未分類", "未分类", "無分類", "无分类", "カテゴリーなし", "미분류", "분류되지 않음", "카테고리 없음"],
    ...["غير مصنف", "غير مصنفة", "بدون تصنيف", "دسته‌بندی نشده", "دسته بندی نشده", "ללא קטגוריה", "כללי"],
    ...["अवर्गीकृत", "অশ্রেণীবদ্ধ", "ไม่มีหมวดหมู่", "ไม่จัดหมวดหมู่", "Chưa phân loại", "Chưa được phân loại"],
    ...["Nekategoriita", "Heb gategori", "Geen kategorie", "Uncategorized posts"],
  ].map(slugify),
);
