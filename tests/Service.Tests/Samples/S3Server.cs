using System.Diagnostics;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>s3rver, a server of the Amazon S3 API by others, which comes from npm. It knows nothing of aborted uploads, nor of a list of unfinished ones.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    const string Package = "s3rver@3.7.1";

    readonly TemporaryFolder _folder;
    readonly Process _process;
    readonly int _port;

    S3Server(TemporaryFolder folder, Process process, int port) => (_folder, _process, _port) = (folder, process, port);

    public string Url => $"s3://uploads/of/plimsoll?endpoint=http://127.0.0.1:{_port}";

    /// <summary>The one account that it knows.</summary>
    public static (string, string)[] Account { get; } = [("AWS_ACCESS_KEY_ID", "S3RVER"), ("AWS_SECRET_ACCESS_KEY", "S3RVER")];

    /// <summary>The objects that it holds.</summary>
    public string[] Objects => Directory.Exists(_folder.At("uploads")) ? Directory.GetFiles(_folder.At("uploads"), "*_object", SearchOption.AllDirectories) : [];

    public static async Task<S3Server> Start()
    {
        Assert.SkipWhen(Server.PathOf("npm") is null || Server.PathOf("node") is null, "npm and node are not installed");
        var installed = Path.Combine(Repository.Root, ".cache", "s3rver");
        var program = Path.Combine(installed, "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program))
        {
            Directory.CreateDirectory(installed);
            await Server.Run(Server.PathOf("npm")!, "install", "--prefix", installed, "--no-audit", "--no-fund", "--ignore-scripts", Package);
        }
        var (folder, port) = (new TemporaryFolder(), Server.FreePort());
        var process = Server.Start(Server.PathOf("node")!, program, "--directory", folder.Root, "--address", "127.0.0.1", "--port", $"{port}", "--configure-bucket", "uploads", "--silent");
        await Server.Listening(port, process);
        return new S3Server(folder, process, port);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}
