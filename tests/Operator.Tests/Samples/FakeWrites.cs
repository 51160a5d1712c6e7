using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>Reading and writing single objects, with the conflicts that the real server has.</summary>
internal static class FakeWrites
{
    public static async Task Create(FakeCollection collection, HttpContext context, string ns)
    {
        var thing = await Answer.Body(context);
        thing["metadata"]!["namespace"] ??= ns;
        await Say(context, collection.Put(thing, before => before is null), 201, "AlreadyExists");
    }

    public static async Task Serve(FakeCollection collection, HttpContext context, string key)
    {
        if (collection.Find(key) is not { } there)
        {
            await Answer.Send(context, Sample.Status(404, "NotFound"), 404);
            return;
        }
        switch (context.Request.Method)
        {
            case "GET":
                await Answer.Send(context, there);
                return;
            case "DELETE":
                collection.Delete(key);
                await Answer.Send(context, there);
                return;
            case "PUT":
                var next = await Answer.Body(context);
                await Say(context, collection.Put(next, before => IsFenced(next, before)), 200, "Conflict");
                return;
            default:
                var patch = await Answer.Body(context);
                await Say(context, collection.Put(Merge(there, patch), before => IsFenced(patch, before)), 200, "Conflict");
                return;
        }
    }

    static Task Say(HttpContext context, JsonObject? written, int code, string refusal) =>
        written is null ? Answer.Send(context, Sample.Status(409, refusal), 409) : Answer.Send(context, written, code);

    // What names no version or uid is not held to one.
    static bool IsFenced(JsonObject sent, JsonObject? there) => new[] { "uid", "resourceVersion" }.All(field =>
        (string?)sent["metadata"]?[field] is not { } wanted || wanted == (string?)there?["metadata"]?[field]);

    static JsonObject Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
            into[name] = value is JsonObject inner && into[name] is JsonObject known ? Merge((JsonObject)known.DeepClone(), inner) : value?.DeepClone();
        return into;
    }
}
