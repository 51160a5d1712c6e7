using Microsoft.Net.Http.Headers;

namespace Plimsoll.Api.Http;

/// <summary>A form that something can be had in.</summary>
/// <param name="Name">As <c>?format=</c> takes it.</param>
/// <param name="Type">The media type of the answer.</param>
/// <param name="Aliases">Other types that a caller may ask for by their full names.</param>
internal sealed record Format<T>(string Name, string Type, Action<T, Stream> Write, params string[] Aliases)
{
    readonly MediaTypeHeaderValue[] _types = [.. Aliases.Prepend(Type).Select(type => MediaTypeHeaderValue.Parse(type))];

    /// <summary>How much <paramref name="accepted"/> wants this form, and how exactly it says so; null when it does not take it.</summary>
    public (double Quality, int Exactness)? WantedBy(IList<MediaTypeHeaderValue> accepted)
    {
        (double Quality, int Exactness)? best = null;
        foreach (var range in accepted)
            if (Exactness(range) is { } exact && (best is null || exact > best.Value.Exactness))
                best = (range.Quality ?? 1, exact);
        return best is { Quality: > 0 } ? best : null;
    }

    // What is more exact counts, whatever else matches (RFC 9110, 12.5.1). Null: the range means other types.
    int? Exactness(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0
        : range.MatchesAllSubTypes ? _types[0].Type.Equals(range.Type, StringComparison.OrdinalIgnoreCase) ? 1 : null
        : _types.Any(type => type.MediaType.Equals(range.MediaType, StringComparison.OrdinalIgnoreCase) && Asked(range).All(type.Parameters.Contains)) ? 2 + Asked(range).Count() : null;

    static IEnumerable<NameValueHeaderValue> Asked(MediaTypeHeaderValue range) => range.Parameters.TakeWhile(parameter => !parameter.Name.Equals("q", StringComparison.OrdinalIgnoreCase));
}

internal static class Formats
{
    /// <summary>The form that a request wants, by its name or else by <c>Accept</c>; null when it takes none of them.</summary>
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
