using Tutti.Samples.Storefront;

return await StorefrontApp.RunAsync(args);
