using System.Net.Http.Headers;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>What a server gave to ask for a file again with.</summary>
/// <param name="EntityTag">RFC 9110, 8.8.3; null where it gave none.</param>
/// <param name="LastModified">RFC 9110, 8.8.2, in the server's words.</param>
public readonly record struct Validators(string? EntityTag, string? LastModified)
{
    internal bool AreNone => EntityTag is null && LastModified is null;

    internal static Validators Of(HttpResponseMessage response) => new(Header(response.Headers, "ETag"), Header(response.Content.Headers, "Last-Modified"));

    // As they were given: a date in another form, or a tag in no form at all, is still what the mirror knows it by.
    internal HttpRequestMessage Ask(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (EntityTag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", EntityTag);
        if (LastModified is not null)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", LastModified);
        return request;
    }

    // Longer ones than any that are sent are not worth keeping.
    static string? Header(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 and < 1024 } value ? value : null;
}
