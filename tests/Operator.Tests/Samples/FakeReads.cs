using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>Lists and watches over HTTP.</summary>
internal static class FakeReads
{
    public static Task List(FakeCollection collection, HttpContext context, string? ns)
    {
        var query = context.Request.Query;
        var size = query["limit"] is [{ } limit] ? int.Parse(limit, CultureInfo.InvariantCulture) : int.MaxValue;
        return Answer.Say(context, collection.List(FakeScope.Of(context.Request, ns), size, query["continue"] is [{ } token] ? token : null));
    }

    /// <summary>Tells until the connection is cut: the time that a watch shall last is not kept.</summary>
    public static async Task Watch(FakeCollection collection, HttpContext context, string? ns)
    {
        var (version, scope) = (long.Parse(context.Request.Query["resourceVersion"]!, CultureInfo.InvariantCulture), FakeScope.Of(context.Request, ns));
        var cut = collection.CutOff();
        while (true)
        {
            var (frames, next, changed) = collection.Since(version, scope);
            await Answer.Tell(context, frames ?? [Sample.Gone()]);
            if (frames is null)
                return;
            version = next;
            await Task.WhenAny(changed, cut).WaitAsync(context.RequestAborted);
            if (cut.IsCompleted)
            {
                context.Abort();
                return;
            }
        }
    }
}
