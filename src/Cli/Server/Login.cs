using System.CommandLine;
using Plimsoll.Client;

namespace Plimsoll.Cli.Server;

/// <summary><c>plimsoll login [URL]</c>: remembers a server and a token that it takes.</summary>
internal static class Login
{
    public static Verb Verb()
    {
        var url = new Argument<string?>("url") { Arity = ArgumentArity.ZeroOrOne, Description = $"the server; else PLIMSOLL_URL, else {ServerAddress.Default}" };
        var fromInput = new Option<bool>("--token-stdin") { Description = "read the token from standard input" };
        var fromFile = new Option<string?>("--token-file") { HelpName = "file", Description = "read the token from this file" };
        var plainHttp = new Option<bool>("--plain-http") { Description = "send the token without HTTPS, to a server that is not on this machine" };
        var verb = new Verb(
            VerbGroup.Server, "login", "Remembers a server and the token that it takes, which is asked for unless PLIMSOLL_TOKEN holds it.",
            ["plimsoll login https://plimsoll.example", "plimsoll login https://plimsoll.example --token-stdin < token"])
        {
            url.NoOption(), fromInput, fromFile, plainHttp,
        };
        verb.SetAction(async (parsed, ct) =>
        {
            var address = ServerAddress.Parse(parsed.GetValue(url) ?? ServerAddress.OfEnvironment ?? ServerAddress.Default);
            var plain = parsed.GetValue(plainHttp);
            string? token = null;
            var code = await ServerOptions.With(address, null, plain, async client =>
            {
                // Where nobody signs in, there is nothing to ask for.
                if (await Welcomes(client, ct))
                    return Remember(address, new KnownServer(null, plain));
                token = parsed.GetValue(fromFile) is { } file ? TokenSource.OfFile(file)
                    : parsed.GetValue(fromInput) ? TokenSource.OfStandardInput()
                    : TokenSource.OfEnvironment() ?? TokenSource.OfPrompt(address);
                return ExitCode.Passed;
            });
            return token is null ? code : await ServerOptions.With(address, token, plain, async client =>
            {
                await client.Images.Page(null, 1, ct);
                return Remember(address, new KnownServer(token, plain));
            });
        });
        return verb;
    }

    // Also proves that a Plimsoll listens there, before the token goes anywhere.
    static async Task<bool> Welcomes(PlimsollClient client, CancellationToken ct)
    {
        await client.Version(ct);
        try
        {
            await client.Images.Page(null, 1, ct);
            return true;
        }
        catch (PlimsollException e) when (e.Status == 401)
        {
            return false;
        }
    }

    static int Remember(Uri address, KnownServer server)
    {
        var logins = Logins.Read();
        logins.Servers[ServerAddress.Key(address)] = server;
        (logins with { Current = ServerAddress.Key(address) }).Write();
        Console.Out.WriteLine(server.Token is null ? $"{ServerAddress.Key(address)} asks for no token; it is remembered"
            : $"logged in at {ServerAddress.Key(address)}; the token is in {Logins.File}");
        return ExitCode.Passed;
    }
}
