using System.Globalization;
using Plimsoll.Client;

namespace Plimsoll.Cli.Server;

/// <summary>What a server refused, or why it gave no answer, with what to do about it.</summary>
internal static class ServerErrors
{
    public static int Say(PlimsollException error, Uri server, bool withToken)
    {
        foreach (var problem in error.Problems)
            Console.Error.WriteLine($"policy:{problem.Line}:{problem.Column}: {Terminal.Printable.Of(problem.Message)}");
        var address = ServerAddress.Key(server);
        return CommandLine.Say(error.Type == "bad-policy" ? ExitCode.Usage : ExitCode.NotInspected, error.Status switch
        {
            null => NoAnswer(error.InnerException, address, server.Host),
            401 when withToken => $"{address} does not know the token, or it has expired: get a new one and 'plimsoll login {address}'",
            401 => $"{address} wants a token: 'plimsoll login {address}', or set PLIMSOLL_TOKEN",
            403 when error.Type == "not-allowed" => "the token does not allow this: it takes one with a higher scope (read, submit, admin)",
            429 => $"{address} has had too many requests of yours: try again {(error.RetryAfter is { } wait ? $"in {Show(wait)}" : "later")}",
            413 => $"{address} does not take that much: {error.Detail ?? error.Title}",
            502 or 503 or 504 => $"{address} cannot answer now ({Sentence(error)}): try again {(error.RetryAfter is { } wait ? $"in {Show(wait)}" : "later")}",
            404 when error.Type is not null => $"{error.Detail ?? Lower(error.Title)}{Remedy(error.Type)}",
            415 when error.Type == "not-an-image" => "it is not an image: neither a tar archive nor gzip or zstd around one: give what docker save, skopeo or buildah wrote",
            _ when error.Type is null => $"{address}: {Sentence(error)}: is that a Plimsoll server?",
            _ => Sentence(error),
        });
    }

    static string Remedy(string type) => type switch
    {
        "policy-not-found" => ": name one that the server has, or a policy file",
        "inspection-not-found" or "image-not-found" => ": 'plimsoll images' lists what the server knows",
        _ => "",
    };

    static string NoAnswer(Exception? cause, string address, string host) => cause switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            $"there is no host '{host}': check the server's address",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            $"{address} cannot be trusted ({Root(cause)}): check the address, or name the certificate of its authority in SSL_CERT_FILE",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            $"no server answers at {address} ({Root(cause)}): start one, or name another with --server or PLIMSOLL_URL",
        _ => $"the connection to {address} broke ({Root(cause)}): try again",
    };

    static string Root(Exception? error) => error is null ? "no reason given" : error.GetBaseException().Message.TrimEnd('.');

    static string Sentence(PlimsollException error) =>
        (error.Detail is { } detail ? $"{Lower(error.Title)}: {detail}" : Lower(error.Title)).TrimEnd('.');

    static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    static string Show(TimeSpan wait) => wait < TimeSpan.FromMinutes(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds):0} s") : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes):0} min");
}
