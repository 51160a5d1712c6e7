namespace Plimsoll.Cli.Server;

/// <summary>Where a server is, as people write it.</summary>
internal static class ServerAddress
{
    /// <summary>Where <c>dotnet run --project src/Api</c> listens.</summary>
    public const string Default = "http://127.0.0.1:8000";

    public static string? OfEnvironment => Environment.GetEnvironmentVariable("PLIMSOLL_URL") is { Length: > 0 } url ? url : null;

    /// <summary>The address in one form, without a slash at its end. A host alone means HTTPS, unless it is this machine.</summary>
    /// <exception cref="SetupException">It is no address.</exception>
    public static Uri Parse(string text)
    {
        // A word alone is hardly a host, and might be a token: it shall not be asked for all over the network.
        if (!text.Contains("://", StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal) && !IsHere($"http://{text}"))
            throw new SetupException("the server's address takes https://HOST[:PORT]");
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"{(IsHere($"http://{text}") ? "http" : "https")}://{text}";
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.Query.Length + uri.Fragment.Length > 0)
            throw new SetupException("the server's address takes https://HOST[:PORT]");
        return uri.UserInfo.Length == 0 ? uri
            : throw new SetupException("the server's address holds a login, which is no place for it: use 'plimsoll login' or PLIMSOLL_TOKEN");
    }

    /// <summary>What a login is kept under.</summary>
    public static string Key(Uri address) => address.AbsoluteUri.TrimEnd('/');

    static bool IsHere(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
