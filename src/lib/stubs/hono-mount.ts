// How hono hands requests on to an application of another framework. We have none.

export const createMountedRequest = undefined;
