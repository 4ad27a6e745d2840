// The tools are installed above the project. The maps tell which modules went into a bundle.
export default { turbopack: { root: process.env.TOOLS }, productionBrowserSourceMaps: true };
