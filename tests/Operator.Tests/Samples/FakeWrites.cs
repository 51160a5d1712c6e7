using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>Reading and writing single objects, with the refusals that the real server has. Who owns which field is not kept: every apply is as one with force.</summary>
internal static class FakeWrites
{
    /// <summary>What is not replaced without saying which version was read.</summary>
    static readonly string[] Versioned = ["imagerollouts", "leases"];

    public static async Task Create(FakeCollection collection, HttpContext context, string ns)
    {
        var thing = await Answer.Body(context);
        var metadata = thing["metadata"] as JsonObject ?? [];
        var name = Text(metadata, "name") ?? (Text(metadata, "generateName") is { } prefix ? prefix + Guid.NewGuid().ToString("N")[..5] : null);
        if (Text(metadata, "resourceVersion") is not null)
            await Answer.Say(context, Sample.Status(500, "InternalError", "resourceVersion should not be set on objects to be created"));
        else if (name is null)
            await Answer.Say(context, Sample.Status(422, "Invalid", "metadata.name: name or generateName is required"));
        else if (Text(metadata, "namespace") is { } other && other != ns)
            await Answer.Say(context, Sample.Status(400, "BadRequest", "the namespace of the object is not that of the request"));
        else
        {
            (metadata["name"], metadata["namespace"]) = (name, ns);
            await Answer.Say(context, collection.Change($"{ns}/{name}", there => there is null ? Fresh(thing) : Sample.Status(409, "AlreadyExists")), 201);
        }
    }

    /// <param name="subresource">Null or <c>status</c>.</param>
    public static async Task Serve(FakeCollection collection, HttpContext context, string plural, string key, string? subresource)
    {
        var isStatus = subresource == "status";
        if (subresource is not null && !isStatus)
        {
            await Answer.Say(context, Sample.Status(404, "NotFound"));
            return;
        }
        switch (context.Request.Method)
        {
            case "GET":
                await Answer.Say(context, collection.Find(key) ?? Sample.Status(404, "NotFound"));
                return;
            case "DELETE":
                var options = context.Request.ContentLength > 0 ? await Answer.Body(context) : [];
                await Answer.Say(context, collection.Delete(key, there => Mismatch(options["preconditions"], there)));
                return;
            case "PUT":
                var next = await Answer.Body(context);
                await Answer.Say(context, collection.Change(key, there =>
                    there is null ? Sample.Status(404, "NotFound")
                    : Array.IndexOf(Versioned, plural) >= 0 && FakeCollection.VersionOf(next) is null or "" ? Sample.Status(422, "Invalid", "metadata.resourceVersion: must be specified for an update")
                    : Misaddressed(next, key) ?? Mismatch(next["metadata"], there) ?? Part(next, there, isStatus)));
                return;
            case "PATCH":
                await Patch(collection, context, key, isStatus);
                return;
            default:
                await Answer.Say(context, Sample.Status(405, "MethodNotAllowed"));
                return;
        }
    }

    static async Task Patch(FakeCollection collection, HttpContext context, string key, bool isStatus)
    {
        var (patch, type) = (await Answer.Body(context), context.Request.ContentType?.Split(';')[0]);
        var isApply = type == FakePatch.Apply;
        if (!FakePatch.Types.Contains(type))
            await Answer.Say(context, Sample.Status(415, "UnsupportedMediaType"));
        else if (isApply && context.Request.Query["fieldManager"].Count == 0)
            await Answer.Say(context, Sample.Status(422, "Invalid", "fieldManager: is required for apply patch"));
        else if (isApply && (Text(patch, "kind") is null || Text(patch, "apiVersion") is null))
            await Answer.Say(context, Sample.Status(400, "BadRequest", "an apply says of what kind the object is"));
        else
        {
            var isNew = false;
            var answer = collection.Change(key, there =>
            {
                if (Misaddressed(patch, key) is { } refusal)
                    return refusal;
                if (there is not null)
                    return Mismatch(patch["metadata"], there) ?? Part(FakePatch.Merge((JsonObject)there.DeepClone(), patch, type!), there, isStatus);
                if (!isApply || isStatus)
                    return Sample.Status(404, "NotFound");
                // A version alone does not keep it from being made; an identity does.
                if (Text(patch["metadata"], "uid") is not null)
                    return Sample.Status(409, "Conflict", "uid mismatch: no existing object was found");
                isNew = true;
                return Fresh(FakePatch.Merge([], patch, type!));
            });
            await Answer.Say(context, answer, isNew ? 201 : 200);
        }
    }

    // What names no version or uid is not held to one.
    static JsonObject? Mismatch(JsonNode? wanted, JsonObject there) =>
        new[] { "uid", "resourceVersion" }.All(field => Text(wanted, field) is not { } value || value == (string?)there["metadata"]?[field]) ? null : Sample.Status(409, "Conflict");

    static JsonObject? Misaddressed(JsonObject sent, string key)
    {
        var (ns, name) = (Text(sent["metadata"], "namespace"), Text(sent["metadata"], "name"));
        return key.EndsWith($"/{name ?? key.Split('/')[1]}", StringComparison.Ordinal) && key.StartsWith($"{ns ?? key.Split('/')[0]}/", StringComparison.Ordinal)
            ? null : Sample.Status(400, "BadRequest", "the name of the object is not that of the request");
    }

    static JsonObject Fresh(JsonObject thing)
    {
        // Who makes an object does not say what became of it.
        thing.Remove("status");
        foreach (var field in new[] { "uid", "resourceVersion", "creationTimestamp" })
            thing["metadata"]!.AsObject().Remove(field);
        return thing;
    }

    // A status is written by its own address alone, and nothing else is there.
    static JsonObject Part(JsonObject next, JsonObject there, bool isStatus)
    {
        var (result, status) = isStatus ? (there, next["status"]) : (next, there["status"]);
        var copy = status?.DeepClone();
        result.Remove("status");
        if (copy is not null)
            result["status"] = copy;
        return result;
    }

    static string? Text(JsonNode? metadata, string field) => (string?)metadata?[field] is { Length: > 0 } value ? value : null;
}
