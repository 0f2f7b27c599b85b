/** The names of a path's parameters, in its order; a greedy one without its plus sign. @param route with its method, or a path alone */
export function pathParametersOf(route: string): string[] {
  return [...route.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);
}
