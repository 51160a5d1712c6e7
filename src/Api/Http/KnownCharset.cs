using System.Text;
using Microsoft.Net.Http.Headers;

namespace Plimsoll.Api.Http;

/// <summary>Refuses a text body in an encoding that nobody knows, which would be a fault when it is read.</summary>
internal sealed class KnownCharset(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && !IsKnown(HeaderUtilities.RemoveQuotes(type.Charset).ToString())
            ? Problems.Of(415, "unknown-charset", "The encoding of the body is not known", "send the body in UTF-8").ExecuteAsync(context)
            : next(context);

    static bool IsKnown(string charset) => charset.Length <= 40 && Encoding.GetEncodings().Any(known => known.Name.Equals(charset, StringComparison.OrdinalIgnoreCase));
}
