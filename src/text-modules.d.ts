// wrangler bundles these files as text (`rules` in wrangler.toml).
declare module "*.yaml" {
  const text: string;
  export default text;
}
declare module "*.css" {
  const text: string;
  export default text;
}
