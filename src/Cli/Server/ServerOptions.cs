using System.CommandLine;
using Plimsoll.Client;

namespace Plimsoll.Cli.Server;

/// <summary>The server that a verb asks, and with which token.</summary>
internal sealed class ServerOptions
{
    /// <summary>Someone is waiting at the terminal: not as patient as a service would be.</summary>
    const int Attempts = 4;

    readonly Option<string?> _server = new("--server")
    {
        HelpName = "url", Description = $"the server; else PLIMSOLL_URL, else where you are logged in, else {ServerAddress.Default}",
    };

    readonly Option<string?> _tokenFile = new("--token-file")
    {
        HelpName = "file", Description = "read the token from this file; else PLIMSOLL_TOKEN, else that of the login",
    };

    readonly Option<bool> _plainHttp = new("--plain-http")
    {
        Description = "send the token without HTTPS, to a server that is not on this machine",
    };

    public ServerOptions(Verb verb)
    {
        verb.Add(_server);
        verb.Add(_tokenFile);
        verb.Add(_plainHttp);
    }

    /// <summary>Does <paramref name="work"/> with a client, and says what the server refused.</summary>
    public async Task<int> With(ParseResult parsed, Func<PlimsollClient, Task<int>> work)
    {
        var logins = Logins.Read();
        var address = ServerAddress.Parse(parsed.GetValue(_server) ?? ServerAddress.OfEnvironment ?? logins.Current ?? ServerAddress.Default);
        // A token goes to the server that it was stored for, and to no other.
        var known = logins.Servers.GetValueOrDefault(ServerAddress.Key(address));
        var token = parsed.GetValue(_tokenFile) is { } file ? TokenSource.OfFile(file) : TokenSource.OfEnvironment() ?? known?.Token;
        return await With(address, token, parsed.GetValue(_plainHttp) || known is { PlainHttp: true }, work);
    }

    public static async Task<int> With(Uri address, string? token, bool plainHttp, Func<PlimsollClient, Task<int>> work)
    {
        if (address is { Scheme: "http", IsLoopback: false } && !plainHttp)
            throw new SetupException($"{ServerAddress.Key(address)} has no HTTPS, so that others could read the token on its way: use https://, or accept it with --plain-http");
        using var client = new PlimsollClient(new PlimsollClientOptions(address) { Token = token, Attempts = Attempts });
        try
        {
            return await work(client);
        }
        catch (PlimsollException e)
        {
            return ServerErrors.Say(e, address, token is not null);
        }
    }
}
