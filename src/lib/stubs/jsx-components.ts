// What `hono/jsx` makes of `title`, `meta`, `link`, `script` and `style`, which it moves into the head, and of forms whose
// action is a function. Our pages have each where it belongs, and no such forms.

export const components_exports = {};
