// The page's worker: Python runs here, and can be ended.
import type { Files } from "./load.ts";
import type { Message, Request } from "./grader.ts";
import { server } from "./serve.ts";

const post = (message: Message) => postMessage(message);

/** Files of the runtime's folder, with the number of bytes that have arrived. */
async function files(folder: string): Promise<Files> {
  const { loadPyodide } = await import(/* the runtime's own */ `${folder}pyodide.mjs`);
  const sizes: Record<string, number> = await (await fetch(`${folder}sizes.json`)).json();
  const loaded = new Map<string, number>();
  const plain = self.fetch.bind(self);
  const told = () => {
    const of = [...loaded.keys()].reduce((sum, name) => sum + sizes[name]!, 0);
    post({ kind: "loading", done: [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0), of });
  };
  self.fetch = async (target, options) => {
    const response = await plain(target, options);
    const name = String(target instanceof Request ? target.url : target).split("/").pop()!;
    if (sizes[name] && !loaded.has(name)) {
      loaded.set(name, 0);
      void count(response.clone(), (bytes) => { loaded.set(name, Math.min(sizes[name]!, loaded.get(name)! + bytes)); told(); });
    }
    return response;
  };
  const held = new Map<string, Promise<Uint8Array>>();
  const read = async (name: string) => new Uint8Array(await (await fetch(folder + name)).arrayBuffer());
  return { folder, loadPyodide, read: (name) => held.get(name) ?? held.set(name, read(name)).get(name)! };
}

async function count(response: Response, arrived: (bytes: number) => void): Promise<void> {
  const reader = response.body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) arrived(part.value.length);
}

const answer = server(files, post);
onmessage = ({ data }: MessageEvent<Request>) => void answer(data);
