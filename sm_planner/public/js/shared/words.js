/** Of three texts the one that fits a count. */
export const counted = (count, none, one, many) => (count === 0 ? none : count === 1 ? one : many);
