/** How large the values get that are tried: larger ones take too long to make and to check. */
export const REACH = { length: 100_000, items: 2000, members: 50 };
