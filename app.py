"""The server: the pages of pages/frame.py, and beside them the files that the map fetches.

Started by `streamlit run app.py`.
"""

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo import assets

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


async def serve(request):
    """A file of the shelf, gzipped where the browser takes it; its name tells its content."""
    asset = assets.SHELF.get(request.path_params["name"])
    if asset is None:
        return Response("No such file", status_code=404, media_type="text/plain")
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.body, headers=FOREVER, media_type=asset.media_type)
    body = await run_in_threadpool(lambda: asset.packed)
    headers = FOREVER | {"Content-Encoding": "gzip"}
    return Response(body, headers=headers, media_type=asset.media_type)


# The second route is the same behind server.baseUrlPath.
routes = [
    Route(f"/{assets.FOLDER}/{{name}}", serve),
    Route(f"/{{base:path}}/{assets.FOLDER}/{{name}}", serve),
]
assets.SHELF.routed = True
app = st.App("pages/frame.py", routes=routes)
