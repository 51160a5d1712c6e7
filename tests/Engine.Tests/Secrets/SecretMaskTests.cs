using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Tests.Secrets;

public sealed class SecretMaskTests
{
    const string Raw = "hunter2-and-more";

    [Theory]
    [InlineData("/bin/sh -c #(nop)  ENV DB_PASSWORD=hunter2-and-more")]
    [InlineData("/bin/sh -c #(nop)  ENV A=1 DB_PASSWORD=hunter2-and-more B=2")]
    [InlineData("ENV DB_PASSWORD=hunter2-and-more")]
    [InlineData("ENV DB_PASSWORD hunter2-and-more")]
    [InlineData("ENV DB_PASSWORD=\"hunter2-and-more\"")]
    [InlineData("ARG NPM_TOKEN=hunter2-and-more")]
    [InlineData("|1 TOKEN=hunter2-and-more /bin/sh -c make")]
    [InlineData("|2 A=two words TOKEN=hunter2-and-more /bin/sh -c make")]
    [InlineData("RUN |1 TOKEN=hunter2-and-more /bin/sh -c make # buildkit")]
    [InlineData("RUN |2 TOKEN=hunter2-and-more OTHER=x /bin/bash -o pipefail -c make # buildkit")]
    [InlineData("RUN /bin/sh -c export TOKEN=hunter2-and-more; make # buildkit")]
    [InlineData("RUN /bin/sh -c TOKEN='hunter2-and-more' make # buildkit")]
    [InlineData("RUN /bin/sh -c docker build --build-arg TOKEN=hunter2-and-more . # buildkit")]
    [InlineData("RUN /bin/sh -c tool login --password hunter2-and-more # buildkit")]
    [InlineData("RUN /bin/sh -c tool login --password=hunter2-and-more # buildkit")]
    [InlineData("RUN /bin/sh -c tool --api-key \"hunter2-and-more\" push # buildkit")]
    [InlineData("RUN /bin/sh -c echo //npm.example/:_authToken=hunter2-and-more > .npmrc # buildkit")]
    [InlineData("RUN /bin/sh -c curl -H 'Authorization: Bearer hunter2-and-more' https://x # buildkit")]
    [InlineData("RUN /bin/sh -c curl -H \"X-Api-Key: hunter2-and-more\" https://x # buildkit")]
    [InlineData("RUN /bin/sh -c curl -u admin:hunter2-and-more https://x # buildkit")]
    [InlineData("RUN /bin/sh -c git clone https://bot:hunter2-and-more@git.example/x # buildkit")]
    [InlineData("RUN /bin/sh -c echo 'root:hunter2-and-more' | chpasswd # buildkit")]
    [InlineData("RUN /bin/sh -c echo '{\"password\": \"hunter2-and-more\"}' > c.json # buildkit")]
    [InlineData("RUN /bin/sh -c java -Djavax.net.ssl.keyStorePassword=hunter2-and-more # buildkit")]
    public void No_raw_value_remains(string command)
    {
        var masked = SecretMask.Mask(command);

        Assert.DoesNotContain("hunter2-", masked, StringComparison.Ordinal);
        Assert.Contains("hunt****", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_with_spaces_is_masked_to_its_end() =>
        Assert.Equal("ENV APP_SECRET=corr****", SecretMask.Mask("ENV APP_SECRET=correct horse battery staple"));

    [Fact]
    public void Every_other_mention_of_a_value_is_masked_too() =>
        Assert.DoesNotContain(Raw, SecretMask.Mask($"|1 TOKEN={Raw} /bin/sh -c curl https://x/?t={Raw}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit")]
    [InlineData("RUN --mount=type=secret,id=npm_token npm ci")]
    [InlineData("RUN /bin/sh -c docker build --secret id=token,src=t . # buildkit")]
    [InlineData("RUN /bin/sh -c docker login --password-stdin # buildkit")]
    [InlineData("ENV PATH=/usr/local/bin:/usr/bin:/bin")]
    [InlineData("ARG NPM_TOKEN")]
    [InlineData("RUN /bin/sh -c export TOKEN=$(cat /run/secrets/token) # buildkit")]
    [InlineData("RUN /bin/sh -c id -u app:app # buildkit")]
    [InlineData("RUN /bin/sh -c echo \"Reset token: done\" # buildkit")]
    [InlineData("RUN /bin/sh -c chown -R app:app /app # buildkit")]
    [InlineData("HEALTHCHECK &{[\"CMD-SHELL\" \"curl -f http://localhost:8080/\"] \"30s\"}")]
    public void A_line_without_secrets_stays_as_it_is(string command) => Assert.Equal(command, SecretMask.Mask(command));

    [Fact]
    public void A_word_is_masked_for_the_one_before_it() =>
        Assert.Equal(
            ["app", "--password", "hunt****", "--port", "8080", "--token=hunt****"],
            SecretMask.MaskWords(["app", "--password", Raw, "--port", "8080", "--token=" + Raw]));

    [Fact]
    public void A_short_word_is_masked_without_touching_the_others() =>
        Assert.Equal(["server", "--password", "****", "appliance"], SecretMask.MaskWords(["server", "--password", "app", "appliance"]));

    [Fact]
    public void A_label_is_masked_by_its_name()
    {
        Assert.Equal("hunt****", SecretMask.MaskNamed("com.example.api-key", Raw));
        Assert.Equal("Shop", SecretMask.MaskNamed("org.opencontainers.image.title", "Shop"));
    }

    [Theory]
    [InlineData("abc", "****")]
    [InlineData("abcdefgh", "ab****")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "abcd****")]
    public void A_short_value_shows_less(string value, string masked) => Assert.Equal(masked, SecretMask.MaskValue(value));

    [Fact]
    public void A_line_of_megabytes_is_masked_in_linear_time()
    {
        var line = "RUN " + string.Concat(Enumerable.Repeat("a-eyJa.xoxb-SG.://a:b\"", 60_000));

        Assert.Equal(line, SecretMask.Mask(line));
    }
}
