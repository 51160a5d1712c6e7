using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Client;

namespace Plimsoll.Api.Http;

/// <summary>Pages of a list that has one order for good, so that the number of an item is its place.</summary>
internal static class Paging
{
    public static Results<Ok<Page<TBody>>, ProblemHttpResult> Of<T, TBody>(IEnumerable<T> all, Func<T, TBody> body, string? cursor, int? size)
    {
        var from = 0;
        if (cursor is not null && (!int.TryParse(Cursor.Read(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out from) || from > int.MaxValue - Cursor.MaxSize))
            return Problems.BadRequest("the cursor is none of ours");
        var take = Cursor.Size(size);
        var page = all.Skip(from).Take(take + 1).ToList();
        return TypedResults.Ok(new Page<TBody>([.. page.Take(take).Select(body)], page.Count > take ? Cursor.Write((from + take).ToString(CultureInfo.InvariantCulture)) : null));
    }
}
