// What the package of this name comes to wherever there is a `structuredClone`, without what it does
// elsewhere.

export default structuredClone;
