using System.Text;

namespace Plimsoll.Cli.Server;

/// <summary>Takes a token from where no other user of the machine can see it: a file, standard input, the environment or a prompt.</summary>
internal static class TokenSource
{
    const int MostCharacters = 4096;

    public static string? OfEnvironment() => Environment.GetEnvironmentVariable("PLIMSOLL_TOKEN") is { Length: > 0 } token ? Checked(token, "PLIMSOLL_TOKEN") : null;

    public static string OfFile(string path)
    {
        if (!File.Exists(path))
            throw new SetupException($"there is no token file '{path}'");
        using var reader = new StreamReader(path);
        return Checked(Start(reader), $"'{path}'");
    }

    public static string OfStandardInput() => Checked(Start(Console.In), "standard input");

    /// <summary>Asks for it without showing it.</summary>
    public static string OfPrompt(Uri server)
    {
        if (Console.IsInputRedirected)
            throw new SetupException("there is no terminal to ask for the token at: give it with --token-stdin, --token-file or PLIMSOLL_TOKEN");
        // Looking for a key switches the terminal's echo off. Until then it would show what is typed ahead or pasted at once.
        _ = Console.KeyAvailable;
        Console.Error.Write($"Token for {ServerAddress.Key(server)}: ");
        var token = new StringBuilder();
        for (ConsoleKeyInfo key; (key = Console.ReadKey(intercept: true)).Key is not ConsoleKey.Enter;)
            if (key.Key is ConsoleKey.Backspace)
                token.Length = Math.Max(0, token.Length - 1);
            else if (key.KeyChar >= ' ' && token.Length <= MostCharacters)
                token.Append(key.KeyChar);
        Console.Error.WriteLine();
        return Checked(token.ToString(), "what was typed");
    }

    static string Start(TextReader reader)
    {
        var buffer = new char[MostCharacters + 2];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }

    // The token itself stays out of the message, whatever is wrong with it.
    static string Checked(string text, string where)
    {
        var token = text.Trim();
        return token.Length == 0 ? throw new SetupException($"{where} holds no token")
            : token.Length <= MostCharacters && token.All(c => c is > ' ' and < '\x7f') ? token
            : throw new SetupException($"{where} holds something else than a token, which is one word of visible ASCII characters");
    }
}
