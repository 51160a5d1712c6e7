using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>A container with no more rights than the chart gives to a pod of the inner loop.</summary>
internal sealed record DevContainer(string Name) : IAsyncDisposable
{
    public static async Task<DevContainer> Start(string image, params string[] arguments)
    {
        var container = new DevContainer($"plimsoll-test-{Guid.NewGuid():N}");
        _ = (await Docker.Run(["run", "--detach", "--name", container.Name, "--user", "1000:1000", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", "/tmp", "--memory", "2g",
            "--volume", $"{container.Name}:/data", "--env", $"SECRET_KEY={new string('k', 40)}", "--publish", "127.0.0.1::8000", image, .. arguments])).Text;
        return container;
    }

    public async Task<string> Log()
    {
        var logs = await Docker.Run("logs", Name);
        return logs.Output + logs.Error;
    }

    /// <summary>Replaces text in a file of the sources with <c>tar</c> in the container, as the container's user: so does Skaffold.</summary>
    public async Task Change(string path, string text, string by)
    {
        var code = await File.ReadAllTextAsync(Repository.At(path), TestContext.Current.CancellationToken);
        Assert.Contains(text, code);
        using var folder = new TemporaryFolder();
        folder.Write($"source/{path}", code.Replace(text, by, StringComparison.Ordinal));
        _ = (await Command.Run("tar", ["-C", folder.Root, "-cf", folder.At("changed.tar"), $"source/{path}"])).Text;
        _ = (await Docker.Run("cp", folder.At("changed.tar"), $"{Name}:/data/changed.tar")).Text;
        _ = (await Docker.Run("exec", Name, "tar", "xmf", "/data/changed.tar", "-C", "/", "--no-same-owner")).Text;
    }

    public async ValueTask DisposeAsync()
    {
        await Docker.Run("rm", "--force", "--volumes", Name);
        await Docker.Run("volume", "rm", "--force", Name);
    }
}
