using System.Globalization;

namespace Plimsoll.Engine.Secrets;

/// <summary>Where a secret is that is in no file, in words: <c>env SECRET_KEY</c>, <c>history step 4</c>, <c>history step 4 TOKEN</c>.</summary>
internal static class SecretLocation
{
    const string Env = "env ", History = "history step ";

    public static string OfVariable(string name) => Env + name;

    /// <param name="number">From 1.</param>
    public static string OfStep(int number, string? name) => string.Create(CultureInfo.InvariantCulture, $"{History}{number}{(name is null ? "" : " " + name)}");

    /// <summary>Null where it is none of the environment.</summary>
    public static string? Variable(string location) => location.StartsWith(Env, StringComparison.Ordinal) ? location[Env.Length..] : null;

    /// <summary>Null where it is none of the history.</summary>
    public static int? Step(string location) =>
        location.StartsWith(History, StringComparison.Ordinal) && int.TryParse(location[History.Length..].Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
