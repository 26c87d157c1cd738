using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DeepLearning.Course.Page;

/// <summary>
/// Decides who may talk to the page, because whoever may can run code. The server listens on loopback only, so what is left to
/// keep out is other users of this machine (they lack the token) and web sites open in the same browser: those are told by a
/// foreign <c>Origin</c>, by a <c>Host</c> that is a name re-bound to 127.0.0.1, or by the missing cookie, which is
/// <c>SameSite=Strict</c> and so never sent along with another site's request.
/// </summary>
internal sealed class Guard
{
    // Scripts come from this server's own files only: no inline script, no event attribute, no eval. A saved output of somebody
    // else's notebook therefore shows, but runs nothing. Inline style is needed by plots, formulas and tables.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
        "media-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'";

    private readonly string _cookie = NewSecret();

    /// <summary>The secret in the link that opens the page.</summary>
    public string Token { get; } = NewSecret();

    /// <summary>Null if the request may pass; else one sentence saying why it may not.</summary>
    public string? Refusal(HttpContext context)
    {
        HttpRequest request = context.Request;
        int port = context.Connection.LocalPort;
        if (request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]") || (request.Host.Port ?? 80) != port)
            return $"This page answers to http://127.0.0.1:{port} only, not to the host name in this request.";
        foreach (string? origin in request.Headers.Origin)
        {
            if (origin != $"http://{request.Host}")
                return "This request comes from another site's page; the course answers only its own.";
        }
        if (Same(request.Cookies[CookieName(port)], _cookie)) return null;
        if (Same(request.Query["token"], Token))
        {
            context.Response.Cookies.Append(CookieName(port), _cookie,
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            return null;
        }
        return "This needs the whole link that `course open` printed, with its token; open that link again.";
    }

    public static void AddHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-cache";
    }

    // Browsers share cookies between the ports of one host, so two running courses need two names.
    private static string CookieName(int port) => $"course-{port}";

    private static string NewSecret() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string? given, string secret) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(secret));
}
