/** Pages of other people, on ports of their own, that show embeds: plain HTML, with whatever policy a test gives them. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export interface Hosts {
  /** Origin that serves `embed.js` and the page, as any file server with CORS does. */
  readonly library: string;
  /** Address of a host page with this body; `policy` is its Content-Security-Policy. */
  page(body: string, policy?: string): string;
  /** Address of a file of a folder, with `replace` applied to its text. */
  file(name: string): string;
  close(): void;
}

/** The policy of a careful host that allows the embed and nothing else. */
export const strictPolicy = (library: string): string => `default-src 'none'; script-src ${library} 'wasm-unsafe-eval'; worker-src blob:`;

function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end());
  });
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new Error('the host has no port'));
      else resolve({ server, origin: `http://127.0.0.1:${bound.port}` });
    });
  });
}

/** Starts the hosts: `outDir` holds the built page and embed.js; files come from `folder`. */
export async function startHosts(outDir: string, folder: string, replace: (text: string, library: string) => string): Promise<Hosts> {
  const library = await listen(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://host').pathname);
    const body = await readFile(join(outDir, path));
    response
      .writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'access-control-allow-origin': '*' })
      .end(body);
  });
  const pages: { body: string; policy: string | undefined }[] = [];
  const host = await listen(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://host').pathname);
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const index = /^\/page\/(\d+)$/.exec(path)?.[1];
    if (index === undefined) {
      const text = await readFile(join(folder, path), 'utf8');
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(replace(text, library.origin));
      return;
    }
    const page = pages[Number(index)];
    if (!page) throw new Error('no such page');
    const policy = page.policy === undefined ? {} : { 'content-security-policy': page.policy };
    response
      .writeHead(200, { 'content-type': 'text/html', ...policy })
      .end(`<!doctype html><html lang="en"><title>Host</title>${page.body}`);
  });
  return {
    library: library.origin,
    page: (body, policy) => {
      pages.push({ body, policy });
      return `${host.origin}/page/${pages.length - 1}`;
    },
    file: (name) => `${host.origin}/${name}`,
    close: () => {
      library.server.close();
      host.server.close();
    },
  };
}
