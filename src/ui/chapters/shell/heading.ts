/** The heading of a chapter, which its place on the page makes and its body sets: it stands there before the body is loaded. */
import { createContext, type ReactNode, useContext } from 'react';

const HeadingContext = createContext<ReactNode>(null);

export const HeadingProvider = HeadingContext.Provider;

export function useHeading(): ReactNode {
  return useContext(HeadingContext);
}
