namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>What is said of the commands of a step.</summary>
public sealed class ScriptRuleTests
{
    static string Said(string rule, string run) => string.Join(' ', Advices.Places($"FROM debian:13\n{run}\nUSER 1\n", rule));

    [Fact]
    public void Sudo_is_where_it_is_called_and_not_where_it_is_named() => Assert.Equal("3:2-3:6", Said("sudo", "RUN apt-get install -y sudo && \\\n sudo make install"));

    [Theory]
    [InlineData("RUN sudo -u app make")]
    [InlineData("RUN sudo -E -u app -H make")]
    [InlineData("RUN sudo --user=app make")]
    [InlineData("RUN yum -y install sudo \\\n curl")]
    public void Sudo_that_gives_rights_away_and_its_package_are_left_alone(string run) => Assert.Equal("", Said("sudo", run));

    [Theory]
    [InlineData("RUN cd ui && npm ci && cd ..", "")]
    [InlineData("RUN git clone u x && cd x && make && cd /", "")]
    [InlineData("RUN echo cd && make && cd /srv", "2:24-2:26")]
    public void A_cd_that_leads_back_loses_nothing(string run, string places) => Assert.Equal(places, Said("lost-state", run));

    [Theory]
    [InlineData("RUN echo \"$SUM  app.tgz\" | sha256sum -c -", "")]
    [InlineData("RUN printf '%s' $X | base64 -d > /x", "")]
    [InlineData("RUN yes | sdkmanager --licenses", "")]
    [InlineData("RUN echo $(date) | tee /built", "")]
    [InlineData("RUN echo x | tee /a && curl -f u | tar -x", "2:34-2:35")]
    [InlineData("RUN echo x | base64 -d | sh", "2:24-2:25")]
    public void What_cannot_fail_before_a_pipe_is_no_reason_for_pipefail(string run, string places) => Assert.Equal(places, Said("pipefail", run));

    [Theory]
    [InlineData("RUN ln -s /busybox/sh /bin/sh", "")]
    [InlineData("RUN ln -s /bin/busybox /bin/sh", "")]
    [InlineData("RUN rm /bin/sh && ln -s bash /bin/sh", "2:30-2:37")]
    public void A_link_to_a_sh_replaces_none(string run, string places) => Assert.Equal(places, Said("shell-link", run));

    [Theory]
    [InlineData("RUN curl -sL https://x.example/a.tgz | tar -xz")]
    [InlineData("RUN curl -sLo a.tgz https://x.example/a.tgz && echo \"$SUM a.tgz\" | sha256sum -c")]
    [InlineData("RUN curl -s https://x.example/key | gpg --dearmor > /k")]
    public void A_page_in_place_of_a_file_that_the_step_notices_needs_no_fail_of_curl(string run) => Assert.Equal("", Said("curl-without-fail", run));

    [Theory]
    [InlineData("RUN apt-get update && xargs apt-get install -y < packages", "")]
    [InlineData("RUN apt-get update && apt-get upgrade -y", "")]
    [InlineData("RUN apt-get update && apt-get purge -y x && rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y y", "")]
    [InlineData("RUN apt-get update && xx-apt-get install -y gcc", "")]
    [InlineData("RUN apt-get update && apt-get -y reinstall tzdata", "")]
    [InlineData("RUN apt-get update && apt-get install -y ./a.deb", "2:5-2:19")]
    public void Lists_are_used_by_the_step_that_fetches_them_also_without_a_name(string run, string places) => Assert.Equal(places, Said("apt-update-alone", run));

    [Fact]
    public void A_short_form_of_an_option_of_pip_is_that_option() => Assert.Equal("", Said("pip-cache-left", "RUN pip install --no-cache x==1"));

    [Theory]
    [InlineData("RUN echo 'deb [ trusted=yes ] file:///repo ./' > /etc/apt/sources.list.d/own.list", "")]
    [InlineData("RUN echo 'deb [trusted=yes] http://x.example ./' > /etc/apt/sources.list.d/own.list", "2:10-2:49")]
    public void A_repository_of_files_in_the_image_needs_no_signature(string run, string places) => Assert.Equal(places, Said("apt-unchecked", run));

    [Theory]
    [InlineData("RUN SECRET_KEY=changeme python manage.py collectstatic", "")]
    [InlineData("RUN echo root:root | chpasswd", "2:1-2:4")]
    [InlineData("ENV SECRET_KEY=changeme", "2:5-2:15")]
    public void A_password_for_one_command_of_the_build_is_none_of_the_image(string run, string places) => Assert.Equal(places, Said("default-password", run));

    [Theory]
    [InlineData("RUN SECRET_KEY=for-build python manage.py collectstatic", "")]
    [InlineData("RUN SECRET_KEY=q8Zt1vX0mB4nR7sLw2Ky python manage.py collectstatic", "secret-in-variable")]
    [InlineData("ENV DATABASE_URL=postgresql://user:pass@db:5432/app", "default-password")]
    [InlineData("ENV DATABASE_URL=postgresql://shop:q8Zt1vX0mB4n@db:5432/app", "secret-in-variable")]
    public void A_word_in_place_of_a_secret_is_less_than_a_secret(string run, string rules) =>
        Assert.Equal(rules, string.Join(' ', Advices.Rules($"FROM debian:13\n{run}\n").Where(rule => rule is "secret-in-variable" or "default-password")));

    [Theory]
    [InlineData("RUN service mysql start && mysql -e 'CREATE DATABASE shop'", "")]
    [InlineData("RUN service mysql start && mysql < shop.sql && service mysql stop", "")]
    [InlineData("RUN make && service nginx start", "2:13-2:20")]
    [InlineData("RUN systemctl restart nginx", "2:5-2:14")]
    public void A_service_that_the_step_itself_uses_is_of_use(string run, string places) => Assert.Equal(places, Said("pointless-command", run));

    [Theory]
    [InlineData("RUN gacutil 'System.Web, PublicKeyToken=b77a5c561934e089'")]
    [InlineData("ENV RESET_OS_PASSWORD=resetOSPassword.sh")]
    public void The_hash_of_a_public_key_and_the_name_of_a_script_are_no_secrets(string run) => Assert.Equal("", Said("secret-in-variable", run));

    [Theory]
    [InlineData("ENV HOME_OF=/a LOGS=${HOME_OF:-/a}/logs", "")]
    [InlineData("ENV HOME_OF=/a LOGS=${HOME_OF}/logs", "2:21-2:31")]
    public void A_default_says_what_a_variable_is_that_is_not_set_yet(string run, string places) => Assert.Equal(places, Said("self-reference", run));

    [Theory]
    [InlineData("ADD https://x.example/a.git?ref=v1&keep-git-dir=1 /a", "")]
    [InlineData("ADD https://x.example/a.tgz?x=a.git /a", "2:5-2:36")]
    public void A_repository_is_one_with_a_query_too(string run, string places) => Assert.Equal(places, Said("unverified-download", run));

    [Fact]
    public void An_empty_list_takes_the_command_of_the_base_away() => Assert.Equal("", Said("ignored-command", "ENTRYPOINT app $X\nCMD []"));

    [Fact]
    public void What_was_restored_with_the_files_mounted_is_not_restored_anew() => Assert.Empty(Advices.Places(
        "FROM debian:13\nRUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --locked --no-install-project\nCOPY . .\nRUN uv sync --locked\n", "source-before-dependencies"));
}
