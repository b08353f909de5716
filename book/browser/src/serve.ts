// What a worker does with requests, in a page and in Node.
import { LIMITS, type Message, type Request } from "./grader.ts";
import { start, type Files, type Runtime } from "./load.ts";

const OFTEN = 500; // milliseconds by which a time limit has to move to be told

/** Return a function that answers requests; `files` opens the runtime's folder. */
export function server(files: (folder: string) => Promise<Files>, post: (message: Message) => void) {
  let runtime: Promise<Runtime> | undefined;
  let said = 0; // when the request under way has to end
  const watcher = {
    checking: (name: string) => post({ kind: "checking", name }),
    forked: () => post({ kind: "forked" }),
    print: (text: string) => post({ kind: "print", text }),
    asking(seconds: number) {
      const ends = performance.now() + seconds * 1000;
      if (Math.abs(ends - said) < OFTEN) return;
      said = ends;
      post({ kind: "alive", seconds });
    },
  };
  return async (request: Request): Promise<void> => {
    try {
      if (request.kind === "start") {
        runtime = start(await files(request.folder), request.sets, watcher);
        await runtime;
        return post({ kind: "reply", text: "", heap: 0 });
      }
      const { judge, answerer } = await runtime!;
      if (request.kind === "run" && request.fresh) answerer.start(LIMITS.memory);
      const text = request.kind === "judge"
        ? judge.judge(request.job)
        : answerer.run(judge.plain(request.source), request.name, request.seconds);
      post({ kind: "reply", text, heap: answerer.heap });
    } catch (error) {
      post({ kind: "failed", text: error instanceof Error ? error.message.slice(-2_000) : String(error) });
    }
  };
}
