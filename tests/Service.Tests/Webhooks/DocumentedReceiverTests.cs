using System.Diagnostics;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Service.Tests.Webhooks;

public sealed class DocumentedReceiverTests
{
    const string Id = "01a20ba0-1999-72a7-b425-96d9288a8e07";

    const string Caller =
        """

        import sys
        secret, now, id, timestamp, signature = sys.argv[1:]
        headers = {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}
        print(genuine(secret, headers, sys.stdin.buffer.read(), int(now)))
        """;

    // The function of the page is run as it stands there.
    static async Task<bool> Genuine(string secret, long now, string id, long timestamp, string signature, byte[] body)
    {
        Assert.SkipWhen(Server.PathOf("python3") is null, "python3 is not installed");
        var page = await File.ReadAllTextAsync(Repository.At("docs/webhooks.md"), TestContext.Current.CancellationToken);
        var code = page.Split("```python\n")[1].Split("```")[0];
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", code + Caller, secret, $"{now}", id, $"{timestamp}", signature]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await python.StandardInput.BaseStream.WriteAsync(body, TestContext.Current.CancellationToken);
        python.StandardInput.Close();
        var said = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, python.ExitCode);
        return said.Trim() == "True";
    }

    [Fact]
    public async Task The_receiver_of_the_page_takes_what_is_genuine_and_nothing_else()
    {
        const long Now = 1_800_000_000;
        var (key, old) = (WebhookSignature.NewKey(), WebhookSignature.NewKey());
        var body = "{\"type\":\"inspection.succeeded\",\"é\":1}"u8.ToArray();
        var signature = WebhookSignature.Sign([key, old], Id, Now, body);
        Assert.True(await Genuine(WebhookSignature.Show(key), Now + 299, Id, Now, signature, body));
        Assert.True(await Genuine(WebhookSignature.Show(old), Now, Id, Now, signature, body));
        Assert.False(await Genuine(WebhookSignature.Show(key), Now + 301, Id, Now, signature, body), "a replay");
        Assert.False(await Genuine(WebhookSignature.Show(key), Now, Id, Now + 1, signature, body), "another time");
        Assert.False(await Genuine(WebhookSignature.Show(key), Now, Id.Replace('1', '2'), Now, signature, body), "another id");
        Assert.False(await Genuine(WebhookSignature.Show(key), Now, Id, Now, signature, [.. body, 32]), "another body");
        Assert.False(await Genuine(WebhookSignature.Show(WebhookSignature.NewKey()), Now, Id, Now, signature, body), "another secret");
    }

    // The example of the specification's libraries: msg_p5jXN8AQM9LWM0D4loKWxJek, timestamp 1614265330.
    [Fact]
    public void A_signature_is_that_of_the_libraries_of_the_specification() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign([Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8));
}
