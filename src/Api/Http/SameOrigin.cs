namespace Plimsoll.Api.Http;

/// <summary>Refuses what a browser sends for a page of another origin, where nobody signs in.</summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}" ? next(context)
            : Problems.Of(403, "other-origin", "The request comes from another page", "without sign-in the service answers pages of its own alone").ExecuteAsync(context);
    }
}
