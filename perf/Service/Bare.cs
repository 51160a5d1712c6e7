namespace Plimsoll.Perf.Service;

/// <summary>What the framework does at best: the same bytes from memory, a body into a file.</summary>
internal static class Bare
{
    public static int Run(string file, string folder, string[] args)
    {
        var bytes = File.ReadAllBytes(file);
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapGet("/report", () => Results.Bytes(bytes, "application/json"));
        app.MapPost("/upload", async (HttpRequest request, CancellationToken ct) =>
        {
            var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            await using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20, FileOptions.Asynchronous))
                await request.Body.CopyToAsync(target, 1 << 20, ct);
            File.Delete(path);
            return Results.Ok();
        });
        app.Run();
        return 0;
    }
}
