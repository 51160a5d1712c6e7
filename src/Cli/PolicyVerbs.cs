using System.CommandLine;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll policy init</c> and <c>plimsoll policy check</c>.</summary>
internal static class PolicyVerbs
{
    public static Verb Verb() => new(
        VerbGroup.Judge, "policy", "Starts a policy, or says what is wrong with one.",
        ["plimsoll policy init policy.yaml && plimsoll policy check policy.yaml"])
    {
        Init(), Check(),
    };

    static Verb Init()
    {
        var file = new Argument<string?>("file")
        {
            Arity = ArgumentArity.ZeroOrOne, Description = "where to write it; without, it goes to standard output",
        };
        var verb = new Verb(
            VerbGroup.Judge, "init", "Writes a policy to start from, with a comment on every rule.", ["plimsoll policy init policy.yaml"])
        {
            file,
        };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(file) is not { } path)
            {
                Console.Out.Write(PolicyTemplate.Text);
                return ExitCode.Passed;
            }
            if (File.Exists(path))
                return CommandLine.Say(ExitCode.Usage, $"'{path}' is there already; it is not overwritten");
            File.WriteAllText(path, PolicyTemplate.Text);
            return ExitCode.Passed;
        });
        return verb;
    }

    static Verb Check()
    {
        var file = new Argument<string>("file") { Description = "a policy in YAML or JSON" };
        var verb = new Verb(VerbGroup.Judge, "check", "Reads a policy and names every problem with its line.", ["plimsoll policy check policy.yaml"])
        {
            file,
        };
        verb.SetAction(parsed =>
        {
            if (PolicyFile.Read(parsed.GetValue(file)!) is not { } policy)
                return ExitCode.Usage;
            Console.Out.WriteLine($"{parsed.GetValue(file)}: policy '{policy.Name}' is sound");
            return ExitCode.Passed;
        });
        return verb;
    }
}
