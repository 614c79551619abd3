/** The user information of a URL. */
export const USER = /(\/\/)([^\s/?#@"'<>]{1,2000})@/g;
