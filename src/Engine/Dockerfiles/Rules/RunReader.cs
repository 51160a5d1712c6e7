using System.Collections.Immutable;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Goes through the stages and reads every RUN with the variables and the shell that it has there.</summary>
internal sealed class RunReader(BuildPlan plan)
{
    // What each stage leaves to those that begin from it.
    readonly (ImmutableDictionary<string, string> Variables, bool IsPosix)[] _after =
        new (ImmutableDictionary<string, string>, bool)[plan.Stages.Count];

    public static IReadOnlyList<ReviewedRun> All(BuildPlan plan)
    {
        var reader = new RunReader(plan);
        return [.. plan.Stages.SelectMany(reader.Read)];
    }

    List<ReviewedRun> Read(BuildStage stage)
    {
        var (variables, isPosix) = stage.Base is { } below ? _after[below.Number]
            : (ImmutableDictionary.Create<string, string>(StringComparer.Ordinal), true);
        var runs = new List<ReviewedRun>();
        foreach (var step in stage.Steps.Select(step => step.Itself))
            switch (step)
            {
                case EnvStep env:
                    variables = env.Values.Aggregate(variables, Set);
                    break;
                case ArgStep arg:
                    variables = arg.Values.Aggregate(variables, Set);
                    break;
                case ShellStep shell:
                    isPosix = StartCommand.IsShell(shell.Words[0].Text);
                    break;
                case RunStep run:
                    var calls = isPosix || !run.Command.IsShellForm ? CallReader.Of(run.Command) : [];
                    var exported = calls.Where(call => call.Program == "export").SelectMany(call => call.Words);
                    runs.Add(ReviewedRun.Of(stage, run) with { Calls = calls, Variables = exported.Aggregate(variables, Export) });
                    break;
            }
        _after[stage.Number] = (variables, isPosix);
        return runs;
    }

    static ImmutableDictionary<string, string> Set(ImmutableDictionary<string, string> variables, NamedValue one) =>
        one.Value is { } value ? variables.SetItem(one.Name.Text, ShellWords.WithoutQuotes(value.Text)) : variables;

    static ImmutableDictionary<string, string> Export(ImmutableDictionary<string, string> variables, CallWord word) =>
        CallPrefix.IsSetting(word.Text) && word.Text.IndexOf('=', StringComparison.Ordinal) is var equals
            ? variables.SetItem(word.Text[..equals], word.Text[(equals + 1)..]) : variables;
}
