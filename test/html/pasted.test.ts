// What programs put into the clipboard, as an article holds it. Each is written here after how that program marks
// headings, lists, notes and bold text, with words of our own.

import { expect, it } from "vitest";
import { OWN_SITE } from "../../src/article/body.ts";
import { clean } from "./cleaned.ts";

const PASTED: readonly (readonly [program: string, html: string, kept: string])[] = [
  [
    "Word",
    `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm;} --></style><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head><body lang=EN-GB><!--StartFragment--><h2>The quay<o:p></o:p></h2><p class=MsoNormal>The <b style='mso-bidi-font-weight:normal'>old</b> crane <span style='color:#C00000'>stands</span> still.<o:p></o:p></p><p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>rope<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>tar<o:p></o:p></p><!--EndFragment--></body></html>`,
    `<h2>The quay</h2><p>The <b>old</b> crane <span>stands</span> still.</p><ul><li>rope</li><li>tar</li></ul>`,
  ],
  [
    "Google Docs",
    `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0a1b"><h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400;">The quay</span></h2><p dir="ltr"><span style="font-weight:400;font-style:normal;">The </span><span style="font-weight:700;">old</span><span style="font-weight:400;font-style:italic;"> crane</span><span style="font-weight:400;"> stands still.</span></p><ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">rope</span></p></li><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">tar</span></p></li></ul></b><br class="Apple-interchange-newline">`,
    `<h2 dir="ltr"><span>The quay</span></h2><p dir="ltr"><span>The </span><strong>old</strong><em> crane</em><span> stands still.</span></p><ul><li dir="ltr"><p dir="ltr"><span>rope</span></p></li><li dir="ltr"><p dir="ltr"><span>tar</span></p></li></ul><br>`,
  ],
  [
    "Pages",
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name="Generator" content="Cocoa HTML Writer"><style type="text/css">p.p1 {margin: 0.0px; font: 11.0px 'Helvetica Neue'}</style></head><body><p class="p1"><span class="s1">The </span><span class="s2"><b>old</b></span><span class="s1"> crane stands still.</span></p><p class="p2"><span class="s1"></span><br></p><ul class="ul1"><li class="li1"><span class="s3"></span><span class="s1">rope</span></li><li class="li1"><span class="s1">tar</span></li></ul></body></html>`,
    `<p><span>The </span><span><b>old</b></span><span> crane stands still.</span></p><ul><li><span>rope</span></li><li><span>tar</span></li></ul>`,
  ],
  [
    "Outlook",
    `<div class="WordSection1"><p class="MsoNormal"><span lang="EN-US" style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif">The old crane stands still. See <a href="https://quay.test/crane?a=1&amp;b=2"><span style="color:#0563C1">the plan</span></a>.<o:p></o:p></span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Harbour office<br><b>Subject:</b> Crane</p></div></div><table class="MsoNormalTable" border="0" cellspacing="0" cellpadding="0"><tbody><tr style="height:15pt"><td width="80" valign="top" style="width:60pt"><p class="MsoNormal">9:00<o:p></o:p></p></td><td><p class="MsoNormal">rope<o:p></o:p></p></td></tr></tbody></table></div>`,
    `<div><p><span lang="EN-US">The old crane stands still. See <a href="https://quay.test/crane?a=1&#x26;b=2"><span>the plan</span></a>.</span></p><p>\u00a0</p><div><div><p><b>From:</b> Harbour office<br><b>Subject:</b> Crane</p></div></div><table><tbody><tr><td><p>9:00</p></td><td><p>rope</p></td></tr></tbody></table></div>`,
  ],
  [
    "LibreOffice",
    `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 24.8.2.1 (Linux)"/><style type="text/css">@page { size: 21cm 29.7cm; margin: 2cm }</style></head><body lang="en-GB" dir="ltr"><h2 class="western">The quay</h2><p class="western" style="line-height: 115%; margin-bottom: 0.25cm">The <b>old</b> crane <font color="#c9211e"><u>stands</u></font> still<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p><ol><li><p style="margin-bottom: 0cm">rope</p></li><li><p>tar</p></li></ol><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>By the register.</p></div></body></html>`,
    `<h2>The quay</h2><p>The <b>old</b> crane <u>stands</u> still<a href="${OWN_SITE}/articles/story#sdfootnote1sym" id="sdfootnote1anc"><sup>1</sup></a>.</p><ol><li><p>rope</p></li><li><p>tar</p></li></ol><div id="sdfootnote1"><p><a href="${OWN_SITE}/articles/story#sdfootnote1anc" id="sdfootnote1sym">1</a>By the register.</p></div>`,
  ],
];

it.each(PASTED)("%s", (_, html, kept) => {
  const first = clean(html);
  expect(first).toBe(kept);
  expect(clean(first)).toBe(first);
});

const item = (level: number, marker: string, words: string) =>
  `<p class=MsoListParagraph style='mso-list:l1 level${level} lfo2'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span>&nbsp; </span></span><![endif]>${words}</p>`;

it("Word's lists keep their levels and numbers, and end where a paragraph comes", () => {
  const html = `${item(1, "1.", "rope")}\n${item(2, "o", "<b>hemp</b>")}${item(2, "o", "steel")}${item(1, "2.", "tar")}<p>Then</p>${item(1, "·", "end")}`;
  expect(clean(html)).toBe(
    "<ol><li>rope<ul><li><b>hemp</b></li><li>steel</li></ul></li><li>tar</li></ol><p>Then</p><ul><li>end</li></ul>",
  );
});

it("Word's lists are lists also where a mail program took Word's comments out", () => {
  const bare = (marker: string, words: string) => item(1, marker, words).replace(/<!\[[^>]*>/g, "");
  expect(clean(`${bare("·", "rope")}${bare("·", "tar")}<p style='mso-list:l1 level1 lfo2'>Then</p>`)).toBe(
    "<ul><li>rope</li><li>tar</li></ul><p>Then</p>",
  );
});
