using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests.Fuzz;

[Trait("Category", "Slow")]
public sealed partial class OpenApiFuzzTests(PostgresServer postgres, RedisServer redis)
{
    const int Requests = 5_000;

    static readonly string[] Headers = ["Accept", "Idempotency-Key", "Last-Event-ID", "If-None-Match", "If-Match", "Range", "Content-Encoding", "Accept-Encoding", "Origin", "X-Forwarded-For", "traceparent"];

    [Theory(Timeout = 300_000), InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Whatever_any_operation_is_sent_it_answers_and_never_with_a_fault_of_its_own(Mode mode)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var inspection = await service.Inspect(await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), ct));
        var hook = await service.Hook("http://127.0.0.1:1/");
        var delivery = await service.Ping(hook.Id);
        var document = await service.Json("/openapi/v1.json");
        var nasty = new Nasty(20260711, [inspection.Id.ToString(), .. inspection.Images, inspection.Upload!, "default", hook.Id.ToString(), delivery.Id.ToString(), hook.Url]);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Object).Select(one => (Method: one.Name, Path: path.Name, Operation: one.Value))).ToList();
        var (sent, byStatus, faults) = (0, new SortedDictionary<int, int>(), new List<string>());
        while (sent < Requests)
            foreach (var (method, path, operation) in operations)
            {
                using var request = Request(method, path, operation, document, nasty, service.Http.BaseAddress!);
                using var answer = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                var status = (int)answer.StatusCode;
                byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
                sent++;
                // A registry that is not there is nobody's fault.
                if (status >= 500 && !(path == "/v1/resolve" && status is 502 or 504) || status >= 400 && await NoProblem(answer, ct))
                    faults.Add($"{status} {method} {path} as {request.RequestUri} {request.Content?.Headers.ContentType} {(request.Content is null ? "" : Short(await request.Content.ReadAsByteArrayAsync(ct)))}");
            }
        TestContext.Current.TestOutputHelper?.WriteLine($"{sent} requests to {operations.Count} operations: {string.Join(", ", byStatus.Select(one => $"{one.Key} × {one.Value}"))}");
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(20))}");
        Assert.True(byStatus.Keys.Count(status => status < 300) >= 2, "no operation succeeded");
    }

    static HttpRequestMessage Request(string method, string path, JsonElement operation, JsonElement document, Nasty nasty, Uri address)
    {
        var place = Parameter().Replace(path, _ => Uri.EscapeDataString(Whole(nasty.Text())) is { Length: > 0 } text ? text : "-");
        var query = new List<string>();
        if (operation.TryGetProperty("parameters", out var parameters))
            foreach (var parameter in parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query" && nasty.Chance(60)))
                for (var times = nasty.Chance(10) ? 2 : 1; times > 0; times--)
                    query.Add($"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(Whole(nasty.Text()))}");
        var target = $"{address.GetLeftPart(UriPartial.Authority)}{place}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (nasty.Chance(30))
            request.Headers.TryAddWithoutValidation(Headers[nasty.Upto(Headers.Length)], Printable(nasty.Text()));
        if (method is "post" or "put" or "patch" || nasty.Chance(3))
        {
            var schema = operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").EnumerateObject().FirstOrDefault(one => one.Name.Contains("json", StringComparison.Ordinal)).Value is { ValueKind: JsonValueKind.Object } content
                && content.TryGetProperty("schema", out var given) ? given : default;
            request.Content = new ByteArrayContent(nasty.Bytes(schema.ValueKind == JsonValueKind.Object ? nasty.Json(schema, document) : nasty.Text()));
            if (nasty.ContentType() is { } type)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed : null;
        }
        return request;
    }

    // Every refusal says why, in the form of RFC 9457. What has no body was refused before the service saw it.
    static async Task<bool> NoProblem(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.Content.Headers.ContentLength == 0)
            return false;
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return true;
        var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(ct)).RootElement;
        return !problem.TryGetProperty("type", out _) || !problem.TryGetProperty("title", out _) || problem.GetProperty("status").GetInt32() != (int)answer.StatusCode;
    }

    // Half of a surrogate pair cannot be sent.
    static string Whole(string text) => text.Replace('\ud800', 'x');

    static string Printable(string text) => new([.. text.Where(c => c is >= ' ' and <= '~').Take(2000)]);

    static string Short(byte[] body) => System.Text.Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 200)));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
