// What wrangler makes of site.yaml: checked settings (`build` and `alias` in wrangler.toml).
declare module "*.yaml" {
  const site: import("./article/site.ts").Site;
  export default site;
}
