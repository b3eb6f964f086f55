using System.IO;
using System.Linq;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using HGQ.Testing;

namespace HGQ.Sweep.Tests;

/// <summary>
/// A shell script that takes the arguments of <c>hgq train</c> and leaves its files. It notes each call, and what it does on the way is
/// decided by the seed: 1 is wrong input, 2 crashes once, 3 crashes always, 4 runs until it is stopped, 5 ends without a result.
/// </summary>
internal sealed class StubTrainer
{
    private const string Script = """
        echo "$*" >> calls.txt
        mkdir -p run/checkpoint run/pareto
        case "$*" in *--resume*) ;; *) echo "$*" > run/checkpoint/run.json ;; esac
        begun=$(cat run/checkpoint/run.json)
        echo "working"
        case "$begun" in
          *"--seed=1 "*) echo "error: column none is not there" >&2; exit 2 ;;
          *"--seed=2 "*) [ -e crashed ] || { touch crashed; kill -9 $$; } ;;
          *"--seed=3 "*) echo "error: it breaks" >&2; exit 134 ;;
          *--seed=4*) [ -e stopped ] || {
              trap 'echo more >> run/checkpoint/state.bin; touch stopped; exit 130' TERM
              touch waiting
              while :; do sleep 0.05; done
            } ;;
          *"--seed=5 "*) exit 0 ;;
        esac
        seed=$(echo "$begun" | sed -n 's/.*--seed=\([0-9]*\).*/\1/p')
        point='"epoch":1,"ebops":%d,"validation":0.5,"test":null,"nonZeroWeights":7,"file":"pareto/a.hgq.json"'
        printf '{"score":"accuracy","front":[{'"$point"'}]}' "$((100 + seed))" > run/summary.json
        """;

    public StubTrainer(TemporaryFolder folder)
    {
        string path = folder.Combine("trainer.sh");
        File.WriteAllText(path, Script.ReplaceLineEndings("\n") + "\n");
        Settings = new TaskSettings(new Trainer("sh", [path]));
    }

    public TaskSettings Settings { get; }

    /// <summary>The calls of a task: what each began with.</summary>
    public static string[] Calls(SweepFolder folder, int task) =>
        [.. File.ReadAllLines(Path.Combine(folder.Of(Task(folder, task)).Path, "calls.txt"))
            .Select(static line => line.Split(" --out")[0])];

    public static SweepTask Task(SweepFolder folder, int task) => folder.Plan.Tasks[task];

    public static TaskState State(SweepFolder folder, int task) => folder.Of(Task(folder, task)).Read();
}
