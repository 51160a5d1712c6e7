using Microsoft.Net.Http.Headers;

namespace Plimsoll.Api.Http;

/// <summary>A form that something can be had in.</summary>
/// <param name="Name">As <c>?format=</c> takes it.</param>
/// <param name="Type">The media type of the answer.</param>
/// <param name="Aliases">Other types that a caller may ask for.</param>
internal sealed record Format<T>(string Name, string Type, Action<T, Stream> Write, params string[] Aliases)
{
    readonly MediaTypeHeaderValue[] _types = [.. Aliases.Prepend(Type).Select(type => MediaTypeHeaderValue.Parse(type))];

    /// <summary>How much <paramref name="accepted"/> wants this form, and how exactly it says so (RFC 9110, 12.5.1); null when it does not take it.</summary>
    public (double Quality, int Exactness)? WantedBy(IList<MediaTypeHeaderValue> accepted)
    {
        (double Quality, int Exactness)? best = null;
        foreach (var range in accepted)
            if (_types.Any(type => type.IsSubsetOf(range)) && Exactness(range) is var exact && (best is null || exact > best.Value.Exactness))
                best = (range.Quality ?? 1, exact);
        return best is { Quality: > 0 } ? best : null;
    }

    static int Exactness(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2 + range.Parameters.Count(parameter => parameter.Name != "q");
}

internal static class Formats
{
    /// <summary>The form that a request wants, by <c>?format=</c> or else by <c>Accept</c>; null when it takes none of them.</summary>
    /// <param name="name">As <c>?format=</c> gives it.</param>
    public static Format<T>? Wanted<T>(this IReadOnlyList<Format<T>> all, string? name, HttpRequest request)
    {
        if (name is not null)
            return all.FirstOrDefault(format => format.Name == name);
        if (request.Headers.Accept.Count == 0 || request.GetTypedHeaders().Accept is not { Count: > 0 } accepted)
            return all[0];
        // The first of those that are wanted as much.
        return all.Select(format => (Format: format, Wanted: format.WantedBy(accepted))).Where(one => one.Wanted is not null).OrderByDescending(one => one.Wanted).FirstOrDefault().Format;
    }

    public static string Names<T>(this IReadOnlyList<Format<T>> all) => string.Join(", ", all.Select(format => $"{format.Name} ({format.Type})"));
}
