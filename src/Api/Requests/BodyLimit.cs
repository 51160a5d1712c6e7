using Microsoft.AspNetCore.Http.Features;

namespace Plimsoll.Api.Requests;

/// <summary>How much of a body may be read, when that depends on what it is.</summary>
internal static class BodyLimit
{
    /// <summary>Has no effect on a body that is being read already.</summary>
    public static void LimitBody(this HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = bytes;
    }
}
