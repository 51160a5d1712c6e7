using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>What a script has the server say.</summary>
internal static class Answer
{
    public static Func<HttpContext, Task> Json(JsonNode body, int code = 200) => context => Send(context, body, code);

    public static Func<HttpContext, Task> Refuse(int code, string reason, int? retryAfter = null) => context =>
    {
        if (retryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString();
        return Send(context, Sample.Status(code, reason), code);
    };

    /// <summary>A watch that tells these lines and ends.</summary>
    public static Func<HttpContext, Task> Watch(params string[] frames) => context => Tell(context, frames);

    /// <summary>A watch that tells these lines and then nothing more, for as long as somebody listens.</summary>
    public static Func<HttpContext, Task> WatchAndHold(params string[] frames) => async context =>
    {
        await Tell(context, frames);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    };

    /// <summary>A watch whose connection breaks in the middle of a line.</summary>
    public static Func<HttpContext, Task> WatchAndCut(params string[] frames) => async context =>
    {
        await Tell(context, frames);
        await context.Response.WriteAsync("""{"type":"ADDED","obj""", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    };

    public static async Task Send(HttpContext context, JsonNode body, int code = 200)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    /// <summary>An object; or a refusal with its own code.</summary>
    public static Task Say(HttpContext context, JsonObject answer, int code = 200) => Send(context, answer, FakeCollection.IsRefusal(answer) ? (int)answer["code"]! : code);

    public static async Task Tell(HttpContext context, IEnumerable<string> frames)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "application/json";
        foreach (var frame in frames)
            await context.Response.WriteAsync(frame + "\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>What was sent with a request.</summary>
    public static async Task<JsonObject> Body(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return JsonNode.Parse(await reader.ReadToEndAsync(context.RequestAborted))!.AsObject();
    }
}
