using System.CommandLine;

namespace Plimsoll.Cli.Server;

/// <summary><c>plimsoll logout [URL]</c>: forgets a server and its token.</summary>
internal static class Logout
{
    public static Verb Verb()
    {
        var url = new Argument<string?>("url") { Arity = ArgumentArity.ZeroOrOne, Description = "the server; else the one that is asked by default" };
        var verb = new Verb(VerbGroup.Server, "logout", "Forgets a server and its token.", ["plimsoll logout"]) { url.NoOption() };
        verb.SetAction(parsed =>
        {
            var logins = Logins.Read();
            var key = parsed.GetValue(url) is { } named ? ServerAddress.Key(ServerAddress.Parse(named)) : logins.Current;
            if (key is null || !logins.Servers.Remove(key))
                return CommandLine.Say(ExitCode.Passed, key is null ? "you are not logged in anywhere" : $"you are not logged in at {key}");
            (logins with { Current = logins.Current == key ? null : logins.Current }).Write();
            Console.Out.WriteLine($"logged out of {key}");
            return ExitCode.Passed;
        });
        return verb;
    }
}
