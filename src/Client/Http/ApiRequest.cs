using System.Net.Http.Headers;
using System.Text;

namespace Plimsoll.Client.Http;

/// <summary>A request that can be made several times.</summary>
/// <param name="Path">Below the service's address, with its query.</param>
/// <param name="Content">Makes the body of one attempt; null: none.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, Func<HttpContent>? Content = null)
{
    // One key for all attempts: a request whose answer was lost is not carried out twice.
    readonly string? _key = Method == HttpMethod.Post ? Guid.NewGuid().ToString("N") : null;

    public string? Accept { get; init; }

    /// <summary>The last event that was seen of a stream of them; null: none had a name.</summary>
    public string? LastEvent { get; init; }

    /// <summary>False where the body is gone once it was sent.</summary>
    public bool MayRepeat { get; init; } = true;

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Path) { Content = Content?.Invoke() };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Accept ?? "application/json"));
        // A refusal comes before gigabytes are sent in vain.
        message.Headers.ExpectContinue = message.Content is Inspections.ArchiveContent;
        if (_key is not null)
            message.Headers.Add("Idempotency-Key", _key);
        if (LastEvent is not null)
            message.Headers.Add("Last-Event-ID", LastEvent);
        return message;
    }

    /// <summary><paramref name="path"/> with a query of those pairs that have a value.</summary>
    public static string Query(string path, params IEnumerable<(string Name, string? Value)> pairs)
    {
        var text = new StringBuilder(path);
        foreach (var (name, value) in pairs)
            if (value is not null)
                text.Append(text.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }
}
