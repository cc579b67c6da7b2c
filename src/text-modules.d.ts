// What wrangler makes of files that are no code: site.yaml becomes checked settings (`build` and `alias` in
// wrangler.toml), a style sheet its text (`rules`).
declare module "*.yaml" {
  const site: import("./article/site.ts").Site;
  export default site;
}
declare module "*.css" {
  const text: string;
  export default text;
}
